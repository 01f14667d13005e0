import { randomUUID } from "node:crypto";
import { type MagicLinkPurpose, requestMagicLink } from "@/lib/accounts/commands/request-magic-link";
import { sendMagicLink } from "@/lib/accounts/commands/send-magic-link";
import { createSession, type SignedInAccount } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { hashPassword } from "@/lib/crypto/password";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { createTestOrganization } from "@/lib/organizations/fixture";

let ipCount = 0;

/** Returns a client IP that no other test uses, so that tests do not share rate limits. */
export const uniqueIp = () =>
  `2001:db8:${(ipCount++).toString(16)}:${process.pid.toString(16)}::/64 ${randomUUID()}`;

/** Creates another session for an account. */
export async function createTestSession(accountId: string): Promise<SignedInAccount> {
  const { email, name, verifiedAt } = await db().account.findUniqueOrThrow({ where: { id: accountId } });
  const sessionId = await createSession(accountId, "test");
  return { sessionId, accountId, email, name, confirmed: verifiedAt !== null };
}

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

/** Creates an account with a confirmed address and a password, signed in. */
export async function createTestAccountWithPassword(
  email: string,
  name: string,
  password: string,
): Promise<SignedInAccount> {
  const { id } = await db().account.create({
    data: { email, name, passwordHash: await hashPassword(password), verifiedAt: new Date() },
  });
  return createTestSession(id);
}
