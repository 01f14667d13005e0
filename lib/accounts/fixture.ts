import { type MagicLinkPurpose, requestMagicLink } from "@/lib/accounts/commands/request-magic-link";
import { sendMagicLink } from "@/lib/accounts/commands/send-magic-link";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { createTestOrganization, createTestSession, uniqueIp } from "@/test/factories";

/** Requests a magic link and runs its job. Returns the code of the enqueued email, or null if there is none. */
export async function requestLinkCode(
  email: string,
  purpose: MagicLinkPurpose,
  organization?: string,
): Promise<string | null> {
  const requested = await requestMagicLink(uniqueIp(), { email, purpose, organization });
  if (!requested.ok) throw new Error(requested.reason);
  for (const { id } of await db().magicLinkRequest.findMany({ where: { email } }))
    await sendMagicLink({ request: id });
  const message = await db().emailMessage.findFirst({
    where: { toAddress: email, kind: { in: ["sign-in-link", "password-reset"] } },
    orderBy: { createdAt: "desc" },
    select: { accountLink: { select: { id: true, keyId: true } } },
  });
  const link = message?.accountLink;
  return link ? deriveSecret(requireKey(link.keyId), "account-link", link.id) : null;
}

/**
 * Creates the account of an attacker who joined with a copied link, as Admin, under the victim's address (REQ-D9). It has
 * the attacker's password, session and sign-in method.
 */
export async function createHijackedAccount() {
  const org = await createTestOrganization();
  const { email, code } = await org.invite(undefined, "admin");
  const password = "the attacker was here";
  const result = await acceptInvitation(uniqueIp(), null, { code, name: "Gil Guest", password });
  if (!result.ok) throw new Error(result.reason);
  const { accountId } = result.value;
  await db().signInMethod.create({ data: { issuer: "https://evil.test", subject: accountId, accountId } });
  return { org, email, accountId, password, session: await createTestSession(accountId) };
}
