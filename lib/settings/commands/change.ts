import type { z } from "zod";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { mayGive } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";
import type { ChangeSettingsRefusal } from "@/lib/settings/messages";
import { type Held, readSettings } from "@/lib/settings/read";
import type { settingsInput } from "@/lib/settings/schema";

export type ChangeSettings = Omit<z.output<typeof settingsInput>, "organization">;

/**
 * Changes the settings (REQ-G1). The organization is held, so whoever is inviting or resending meanwhile does so by the
 * former ones, and everybody afterwards by these. Since any inviter may give the defaults, nobody adds to them what they do
 * not hold (REQ-A3). `version` is the one that was looked at. The log names what was changed, never a value: some are
 * addresses (REQ-G4).
 */
export async function change(
  actor: Actor,
  { version, defaultPolicies, ...columns }: ChangeSettings,
): Promise<Result<null, ChangeSettingsRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "settings:update");
    if (!held) return refused("rights-lost");
    const before = await readSettings(tx, actor);
    if (before.version !== version) return refused("changed-meanwhile");
    const chosen = before.policies.filter(({ id }) => defaultPolicies.includes(id));
    if (chosen.length !== new Set(defaultPolicies).size) return refused("policy-gone");
    const role = columns.defaultRole === before.defaultRole ? "member" : columns.defaultRole;
    const policies = chosen.filter(({ isDefault }) => !isDefault);
    if (!mayGive(held.rights, { role, policies }, "member")) return refused("above-you");

    const changed = changedOf(before, columns);
    const after = chosen.map(({ id }) => id);
    const flipped = before.policies.filter(({ id, isDefault }) => isDefault !== after.includes(id));
    if (flipped.length > 0) changed.push("defaultPolicies");
    if (changed.length === 0) return done(null);
    const where = { id: actor.organization.id };
    await tx.organization.update({ where, data: { ...columns, settingsVersion: { increment: 1 } } });
    await tx.$executeRaw`
      UPDATE policy SET is_default = NOT is_default WHERE id = ANY(${flipped.map(({ id }) => id)}::uuid[])`;
    await logOrganizationChange(tx, actor, "settings-changed", { changed: changed.join(" ") });
    return done(null);
  });
}

type Columns = Omit<ChangeSettings, "version" | "defaultPolicies">;

/** The names of the settings that become others. */
function changedOf(before: Held, columns: Columns): string[] {
  const names = Object.keys(columns) as (keyof Columns)[];
  return names.filter((name) => String(before[name] ?? "") !== String(columns[name] ?? ""));
}
