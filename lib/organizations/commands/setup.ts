import { randomBytes } from "node:crypto";
import { constantTimeEqual, sha256 } from "@/lib/crypto/codes";
import { findPasswordProblem, hashPassword } from "@/lib/crypto/password";
import { db, transaction } from "@/lib/db/client";
import { lockInstallation } from "@/lib/db/locks";
import {
  addFirstOwner,
  insertOrganization,
  type OrganizationReader,
} from "@/lib/organizations/commands/insert";
import type { SetupRefusal } from "@/lib/organizations/messages";
import { consumeRateLimit, refundRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

export type SetupInput = {
  token: string;
  name: string;
  email: string;
  password: string;
  organization: string;
  slug: string;
} & Partial<OrganizationReader>;

/**
 * Creates the setup token, a new one at each startup: 128 bits, in groups that can be typed. The database stores its
 * digest. Returns null once there is an operator (REQ-H1).
 */
export async function createSetupToken(): Promise<string | null> {
  const token = randomBytes(16).toString("hex");
  const changed = await db().$executeRaw`
    UPDATE installation SET setup_digest = ${sha256(token)}
    WHERE NOT EXISTS (SELECT FROM account WHERE operator AND email NOT LIKE '%.example')`;
  return changed === 0 ? null : (token.match(/.{8}/g) ?? []).join("-");
}

/**
 * Creates the operator and first Owner, with their organization (REQ-H1). The token is checked and consumed in the same
 * transaction, so only one of two concurrent attempts succeeds. A wrong token is refused before any other reason.
 */
export async function setUpInstallation(
  ip: string,
  input: SetupInput,
): Promise<Result<{ accountId: string; slug: string }, SetupRefusal>> {
  const wait = await consumeRateLimit("setup-token", ip);
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  const digest = sha256(input.token.toLowerCase().replace(/[^0-9a-f]/g, "")).toString("hex");
  const badReason = findPasswordProblem(input.password, [input.name, input.email, input.organization]);
  // Hashed before the transaction: it is slow, and the row would stay locked.
  const passwordHash = await hashPassword(input.password);
  return transaction(async (tx) => {
    const installation = await lockInstallation(tx);
    const operator = { operator: true, NOT: { email: { endsWith: ".example" } } };
    if (await tx.account.findFirst({ where: operator, select: { id: true } }))
      return refused("already-set-up");
    if (!installation?.setupDigest || !constantTimeEqual(installation.setupDigest, digest))
      return refused("wrong-token");
    await refundRateLimit("setup-token", ip);
    if (badReason) return refused(badReason);
    if (await tx.organization.findUnique({ where: { slug: input.slug }, select: { id: true } }))
      return refused("slug-taken");
    const account = await tx.account.create({
      data: {
        email: input.email,
        name: input.name,
        passwordHash,
        operator: true,
        verifiedAt: new Date(),
        language: input.language ?? null,
      },
      select: { id: true, email: true, name: true },
    });
    const organizationId = await insertOrganization(tx, {
      name: input.organization,
      slug: input.slug,
      ...(input.language ? { language: input.language } : {}),
      ...(input.timeZone ? { timeZone: input.timeZone } : {}),
    });
    await addFirstOwner(tx, organizationId, account);
    await tx.installation.updateMany({ data: { setupDigest: null } });
    return done({ accountId: account.id, slug: input.slug });
  });
}
