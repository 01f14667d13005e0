import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import { type EmailProvider, emailProvider, senderAddress } from "@/lib/mail/provider";
import { canGrant } from "@/lib/permissions/rights";
import { readSettings, type StoredSettings } from "@/lib/settings/stored-settings";

/** The settings for the settings page (REQ-G1). `isGrantable`: true if the actor can make the policy a default. */
export type Settings = Omit<StoredSettings, "policies"> & {
  mayDefaultToAdmin: boolean;
  policies: { id: string; name: string; isDefault: boolean; isGrantable: boolean }[];
};

export async function findSettings(actor: Actor): Promise<Settings> {
  assertPermission(actor, "settings:update");
  const settings = await readSettings(db(), actor);
  return {
    ...settings,
    mayDefaultToAdmin: canGrant(actor, { role: "admin", policies: [] }, "member"),
    policies: settings.policies.map(({ permissions, ...policy }) => ({
      ...policy,
      isGrantable: canGrant(
        actor,
        { role: "member", policies: [{ permissions, isDefault: false }] },
        "member",
      ),
    })),
  };
}

/** A test email and its delivery status. */
export type TestEmail = { to: string; state: DeliveryStatus; detail: string | null; at: Date; now: Date };

/** How this installation sends email, and the organization's latest test email (REQ-G3). */
export type EmailStatus = { provider: EmailProvider; sender: string | null; test: TestEmail | null };

export async function findEmailStatus(actor: Actor): Promise<EmailStatus> {
  return { provider: emailProvider(), sender: senderAddress(), test: await findTestEmail(actor) };
}

/** Returns the organization's latest test email, or null. */
export async function findTestEmail(actor: Actor): Promise<TestEmail | null> {
  assertPermission(actor, "settings:update");
  const [email] = await db().$queryRaw<TestEmail[]>`
    SELECT to_address AS "to", state, detail, created_at AS at, clock_timestamp() AS now FROM email_message
    WHERE organization_id = ${actor.organization.id}::uuid AND kind = 'test'
    ORDER BY created_at DESC, id DESC LIMIT 1`;
  return email ?? null;
}
