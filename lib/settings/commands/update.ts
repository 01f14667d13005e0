import type { z } from "zod";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { canGrant } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";
import type { UpdateSettingsRefusal } from "@/lib/settings/messages";
import type { settingsInput } from "@/lib/settings/schema";
import { readSettings, type StoredSettings } from "@/lib/settings/stored-settings";

export type SettingsUpdate = Omit<z.output<typeof settingsInput>, "organization">;

/**
 * Updates the settings (REQ-G1). The organization lock orders this against concurrent invites and resends. Any inviter can
 * grant the default role and policies, so a user can add only what they could grant (REQ-A3). `version` is the version the
 * form was loaded with. The audit log names the changed settings but not their values, which can be addresses (REQ-G4).
 */
export async function updateSettings(
  actor: Actor,
  { version, defaultPolicies, ...columns }: SettingsUpdate,
): Promise<Result<null, UpdateSettingsRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "settings:update", "update");
    if (!locked) return refused("rights-lost");
    const before = await readSettings(tx, actor);
    if (before.version !== version) return refused("changed-concurrently");
    const selected = before.policies.filter(({ id }) => defaultPolicies.includes(id));
    if (selected.length !== new Set(defaultPolicies).size) return refused("policy-gone");
    const role = columns.defaultRole === before.defaultRole ? "member" : columns.defaultRole;
    const policies = selected.filter(({ isDefault }) => !isDefault);
    if (!canGrant(locked.rights, { role, policies }, "member")) return refused("above-you");

    const changed = changedNames(before, columns);
    const selectedIds = selected.map(({ id }) => id);
    const toggled = before.policies.filter(({ id, isDefault }) => isDefault !== selectedIds.includes(id));
    if (toggled.length > 0) changed.push("defaultPolicies");
    if (changed.length === 0) return done(null);
    const where = { id: actor.organization.id };
    await tx.organization.update({ where, data: { ...columns, settingsVersion: { increment: 1 } } });
    for (const { id, isDefault } of toggled)
      await tx.policy.update({ where: { id }, data: { isDefault: !isDefault }, select: { id: true } });
    await logOrganizationChange(tx, actor, "settings-changed", { changed: changed.join(" ") });
    return done(null);
  });
}

type Columns = Omit<SettingsUpdate, "version" | "defaultPolicies">;

/** Returns the names of the settings that change. */
function changedNames(before: StoredSettings, columns: Columns): string[] {
  const names = Object.keys(columns) as (keyof Columns)[];
  return names.filter((name) => String(before[name] ?? "") !== String(columns[name] ?? ""));
}
