import type { LinkRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { parseCode, sha256 } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import type { LinkPurpose } from "@/lib/links/account-link";
import { consumeRateLimit, retryAfter } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** An open link and its account. */
export type AccountLink = {
  id: string;
  accountId: string;
  email: string;
  name: string;
  confirmed: boolean;
  /** The address it was sent to. For a change of address, the old or the new one. */
  recipient: string;
  /** The organization whose login page requested it. */
  slug: string | null;
};

/**
 * Returns the open link with this code, without changing it. Unknown, used and expired links get the same refusal and
 * count as a failed code of the client IP (S-LINK-3, S-LINK-5).
 */
export async function findAccountLink(
  ip: string,
  purpose: LinkPurpose,
  code: string,
): Promise<Result<AccountLink, LinkRefusal>> {
  const wait = await retryAfter("failed-code", ip);
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  const secret = parseCode(code);
  const [link] = secret
    ? await db().$queryRaw<AccountLink[]>`
        SELECT l.id, a.id AS "accountId", a.email, a.name, a.verified_at IS NOT NULL AS confirmed,
               l.email AS recipient, o.slug
        FROM account_link l JOIN account a ON a.id = l.account_id
        LEFT JOIN organization o ON o.id = l.organization_id
        WHERE l.digest = ${sha256(secret)} AND l.purpose = ${purpose}
          -- Links that were sent to a former address of the account are not valid.
          AND (l.email = a.email OR l.purpose = 'change-address')
          AND l.used_at IS NULL AND l.expires_at > clock_timestamp()`
    : [];
  if (link) return done(link);
  await consumeRateLimit("failed-code", ip);
  return refused("invalid-link");
}

/** The user's account, for the account page. */
export type OwnAccount = {
  id: string;
  name: string;
  email: string;
  confirmed: boolean;
  hasPassword: boolean;
  /** Linked login providers, the oldest first. */
  signInMethods: { issuer: string; subject: string; createdAt: Date }[];
};

/** Returns the signed-in user's account. */
export async function findOwnAccount({ accountId }: SignedInAccount): Promise<OwnAccount> {
  const { passwordHash, verifiedAt, signInMethods, ...account } = await db().account.findUniqueOrThrow({
    where: { id: accountId },
    select: {
      id: true,
      name: true,
      email: true,
      passwordHash: true,
      verifiedAt: true,
      signInMethods: {
        select: { issuer: true, subject: true, createdAt: true },
        orderBy: [{ createdAt: "asc" }, { issuer: "asc" }],
      },
    },
  });
  return {
    ...account,
    confirmed: verifiedAt !== null,
    hasPassword: passwordHash !== null,
    signInMethods,
  };
}

/** The user's pending change of address, if there is one. */
export type EmailChange = {
  pending: { to: string; expiresAt: Date; oldConfirmed: boolean; newConfirmed: boolean } | null;
  /** When it was read, by the database's clock. */
  now: Date;
};

/** Returns the user's pending change of address. */
export async function findEmailChange({ accountId }: SignedInAccount): Promise<EmailChange> {
  const links = await db().$queryRaw<
    { email: string; isOld: boolean; confirmed: boolean; expiresAt: Date }[]
  >`
    SELECT l.email, l.email = a.email AS "isOld", l.used_at IS NOT NULL AS confirmed, l.expires_at AS "expiresAt"
    FROM account_link l JOIN account a ON a.id = l.account_id
    WHERE l.change_id = (
      SELECT change_id FROM account_link
      WHERE account_id = ${accountId}::uuid AND purpose = 'change-address' AND used_at IS NULL
        AND expires_at > clock_timestamp()
      ORDER BY created_at DESC LIMIT 1)`;
  const [clock] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const [oldLink, newLink] = [links.find(({ isOld }) => isOld), links.find(({ isOld }) => !isOld)];
  const pending = oldLink &&
    newLink && {
      to: newLink.email,
      expiresAt: newLink.expiresAt,
      oldConfirmed: oldLink.confirmed,
      newConfirmed: newLink.confirmed,
    };
  return { pending: pending ?? null, now: clock?.now ?? new Date() };
}

/** What a sign-in needs to know about an account. */
export type AccountSummary = { id: string; email: string; name: string; confirmed: boolean };

/** Returns the account that is linked to a provider's identity, or null. */
export async function findAccountBySignInMethod(method: {
  issuer: string;
  subject: string;
}): Promise<AccountSummary | null> {
  const { issuer, subject } = method;
  const found = await db().signInMethod.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { account: { select: ACCOUNT_SUMMARY } },
  });
  return found && toAccountSummary(found.account);
}

/** Returns the account with this normalized address, or null. */
export async function findAccountByEmail(email: string): Promise<AccountSummary | null> {
  const found = await db().account.findUnique({ where: { email }, select: ACCOUNT_SUMMARY });
  return found && toAccountSummary(found);
}

const ACCOUNT_SUMMARY = { id: true, email: true, name: true, verifiedAt: true } as const;

function toAccountSummary({
  verifiedAt,
  ...rest
}: Omit<AccountSummary, "confirmed"> & { verifiedAt: Date | null }): AccountSummary {
  return { ...rest, confirmed: verifiedAt !== null };
}
