import { randomUUID } from "node:crypto";
import { grantWish } from "@/lib/accounts/commands/grant-wish";
import { type WishPurpose, wishLink } from "@/lib/accounts/commands/wish-link";
import { openSession, type SignedIn } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { keyOf } from "@/lib/crypto/key-ring";
import { hashPassword } from "@/lib/crypto/password";
import { db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { createTestOrganization } from "@/lib/organizations/fixture";

let addresses = 0;

/** A client address of its own, so that no test meets another one's limits. */
export const ip = () =>
  `2001:db8:${(addresses++).toString(16)}:${process.pid.toString(16)}::/64 ${randomUUID()}`;

/** For tests: signs an account in once more. */
export async function signIn(accountId: string): Promise<SignedIn> {
  const { email, name, verifiedAt } = await db().account.findUniqueOrThrow({ where: { id: accountId } });
  const sessionId = await openSession(accountId, "test");
  return { sessionId, accountId, email, name, confirmed: verifiedAt !== null };
}

/** For tests: wishes for a link and lets the worker look; answers the letter's code, or null when none is owed. */
export async function mailedCode(
  email: string,
  purpose: WishPurpose,
  organization?: string,
): Promise<string | null> {
  const wished = await wishLink(ip(), { email, purpose, organization });
  if (!wished.ok) throw new Error(wished.reason);
  for (const { id } of await db().magicLinkRequest.findMany({ where: { email } }))
    await grantWish({ wish: id });
  const letter = await db().emailMessage.findFirst({
    where: { toAddress: email, kind: { in: ["sign-in-link", "password-reset"] } },
    orderBy: { createdAt: "desc" },
    select: { accountLink: { select: { id: true, keyId: true } } },
  });
  const link = letter?.accountLink;
  return link ? deriveSecret(keyOf(link.keyId), "account-link", link.id) : null;
}

/**
 * For tests of REQ-D9: somebody who got hold of a copied link sits in the account of a victim's address, as Admin on
 * paper, with a password, a session and a sign-in method of their own.
 */
export async function occupy() {
  const org = await createTestOrganization();
  const { email, code } = await org.invite(undefined, "admin");
  const password = "the occupier was here";
  const outcome = await accept(ip(), null, { code, name: "Gil Guest", password });
  if (!outcome.ok) throw new Error(outcome.reason);
  const { accountId } = outcome.value;
  await db().signInMethod.create({ data: { issuer: "https://evil.test", subject: accountId, accountId } });
  return { org, email, accountId, password, session: await signIn(accountId) };
}

/** For tests: an account whose address is confirmed, with a password. */
export async function makePerson(email: string, name: string, password: string): Promise<SignedIn> {
  const { id } = await db().account.create({
    data: { email, name, passwordHash: await hashPassword(password), verifiedAt: new Date() },
  });
  return signIn(id);
}
