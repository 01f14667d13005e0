import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { type Provider, provider, senderAddress } from "@/lib/mail/provider";
import type { LetterState } from "@/lib/mail/states";
import { mayGive } from "@/lib/permissions/rights";
import { type Held, readSettings } from "@/lib/settings/read";

/** The settings as the page shows them (REQ-G1). `mayGive`: whether the actor can make it a default. */
export type Settings = Omit<Held, "policies"> & {
  mayDefaultToAdmin: boolean;
  policies: { id: string; name: string; isDefault: boolean; mayGive: boolean }[];
};

export async function findSettings(actor: Actor): Promise<Settings> {
  assertMay(actor, "settings:update");
  const settings = await readSettings(db(), actor);
  return {
    ...settings,
    mayDefaultToAdmin: mayGive(actor, { role: "admin", policies: [] }, "member"),
    policies: settings.policies.map(({ permissions, ...policy }) => ({
      ...policy,
      mayGive: mayGive(actor, { role: "member", policies: [{ permissions, isDefault: false }] }, "member"),
    })),
  };
}

/** A test letter, and what became of it. */
export type TestLetter = { to: string; state: LetterState; detail: string | null; at: Date; now: Date };

/** How this installation mails, and the organization's latest test letter (REQ-G3). */
export type Mailing = { provider: Provider; sender: string | null; test: TestLetter | null };

export async function findMailing(actor: Actor): Promise<Mailing> {
  return { provider: provider(), sender: senderAddress(), test: await findTest(actor) };
}

/** The latest test letter of the organization. */
export async function findTest(actor: Actor): Promise<TestLetter | null> {
  assertMay(actor, "settings:update");
  const [letter] = await db().$queryRaw<TestLetter[]>`
    SELECT to_address AS "to", state, detail, created_at AS at, clock_timestamp() AS now FROM email_message
    WHERE organization_id = ${actor.organization.id}::uuid AND kind = 'test'
    ORDER BY created_at DESC, id DESC LIMIT 1`;
  return letter ?? null;
}
