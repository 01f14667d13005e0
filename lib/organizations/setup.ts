import { randomBytes } from "node:crypto";
import { digestOf, sameSecret } from "@/lib/crypto/codes";
import { badPassword, hashPassword } from "@/lib/crypto/password";
import { db, transaction } from "@/lib/db/client";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import type { SetupRefusal } from "@/lib/organizations/messages";
import { countTry, giveBack, inTime } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

export type Setup = {
  token: string;
  name: string;
  email: string;
  password: string;
  organization: string;
  slug: string;
};

/**
 * A new setup token for this start, 128 bits in groups that can be typed; the database keeps its digest. Null once
 * there is an operator (REQ-H1).
 */
export async function newSetupToken(): Promise<string | null> {
  const token = randomBytes(16).toString("hex");
  const changed = await db().$executeRaw`
    UPDATE installation SET setup_digest = ${digestOf(token)}
    WHERE NOT EXISTS (SELECT FROM account WHERE operator AND email NOT LIKE '%.example')`;
  return changed === 0 ? null : (token.match(/.{8}/g) ?? []).join("-");
}

/** Is there nobody real yet? Then the setup page is there, and `/` leads to it. The demo's Owner does not count. */
export async function isSetupOpen(): Promise<boolean> {
  const rows = await db().$queryRaw<
    unknown[]
  >`SELECT FROM account WHERE operator AND email NOT LIKE '%.example' LIMIT 1`;
  return rows.length === 0;
}

/**
 * Makes the operator and first Owner, with their organization. The token is compared and spent in the transaction that
 * makes them, so of two people at once one wins. Refuses a wrong token before it says anything else.
 */
export async function setUp(
  ip: string,
  input: Setup,
): Promise<Result<{ accountId: string; slug: string }, SetupRefusal>> {
  const wait = await countTry("setup-token", ip);
  if (wait) return refused("too-many", { wait: inTime(wait) });
  const digest = digestOf(input.token.toLowerCase().replace(/[^0-9a-f]/g, "")).toString("hex");
  const bad = badPassword(input.password, [input.name, input.email, input.organization]);
  // Hashed before the transaction: it takes long, and the row stays locked for everybody meanwhile.
  const passwordHash = await hashPassword(input.password);
  return transaction(async (tx) => {
    const [installation] = await tx.$queryRaw<{ digest: string | null }[]>`
      SELECT encode(setup_digest, 'hex') AS digest FROM installation FOR UPDATE`;
    const operator = { operator: true, NOT: { email: { endsWith: ".example" } } };
    if (await tx.account.findFirst({ where: operator, select: { id: true } }))
      return refused("already-set-up");
    if (!installation?.digest || !sameSecret(installation.digest, digest)) return refused("wrong-token");
    await giveBack("setup-token", ip);
    if (bad) return refused(bad);
    if (await tx.organization.findUnique({ where: { slug: input.slug }, select: { id: true } }))
      return refused("slug-taken");
    const account = await tx.account.create({
      data: { email: input.email, name: input.name, passwordHash, operator: true, verifiedAt: new Date() },
      select: { id: true, email: true, name: true },
    });
    const organizationId = await createOrganization(tx, { name: input.organization, slug: input.slug });
    await seatFirstOwner(tx, organizationId, account);
    await tx.installation.updateMany({ data: { setupDigest: null } });
    return done({ accountId: account.id, slug: input.slug });
  });
}
