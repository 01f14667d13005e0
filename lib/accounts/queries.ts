import type { LinkRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { digestOf, readSecret } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import type { LinkPurpose } from "@/lib/links/account-link";
import { countTry, inTime, waitFor } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** A living link and whose it is. */
export type Link = {
  id: string;
  accountId: string;
  email: string;
  name: string;
  confirmed: boolean;
  /** The address that it was mailed to: of a change, the one the account has or the one it is to have. */
  mailbox: string;
  /** Whose login page asked for it. */
  slug: string | null;
};

/**
 * Finds a living link of an account by its secret; changes nothing. Unknown, used and ended ones get the same answer and
 * count as a failed code of the client's address.
 */
export async function findLink(
  ip: string,
  purpose: LinkPurpose,
  typed: string,
): Promise<Result<Link, LinkRefusal>> {
  const wait = await waitFor("failed-code", ip);
  if (wait) return refused("too-many", { wait: inTime(wait) });
  const secret = readSecret(typed);
  const [link] = secret
    ? await db().$queryRaw<Link[]>`
        SELECT l.id, a.id AS "accountId", a.email, a.name, a.verified_at IS NOT NULL AS confirmed,
               l.email AS mailbox, o.slug
        FROM account_link l JOIN account a ON a.id = l.account_id
        LEFT JOIN organization o ON o.id = l.organization_id
        WHERE l.digest = ${digestOf(secret)} AND l.purpose = ${purpose}
          -- Whatever was mailed to an address that the account has left opens nothing.
          AND (l.email = a.email OR l.purpose = 'change-address')
          AND l.used_at IS NULL AND l.expires_at > clock_timestamp()`
    : [];
  if (link) return done(link);
  await countTry("failed-code", ip);
  return refused("dead-link");
}

/** One's own account, for the page about it; the sessions are read beside it. */
export type OwnAccount = {
  id: string;
  name: string;
  email: string;
  confirmed: boolean;
  hasPassword: boolean;
  /** Sign-ins through a provider, the oldest first. */
  methods: { issuer: string; subject: string; createdAt: Date }[];
};

/** The account of whoever is signed in. */
export async function findOwnAccount({ accountId }: SignedIn): Promise<OwnAccount> {
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
    methods: signInMethods,
  };
}

/** The change of address that waits for its mailboxes, as whoever asked for it sees it; without one `open` is null. */
export type AddressChange = {
  open: { to: string; until: Date; oldAgreed: boolean; newAgreed: boolean } | null;
  /** When that was so, by the database's clock. */
  now: Date;
};

/** The change of one's own address that waits, if there is one. */
export async function findAddressChange({ accountId }: SignedIn): Promise<AddressChange> {
  const links = await db().$queryRaw<{ email: string; isOld: boolean; agreed: boolean; until: Date }[]>`
    SELECT l.email, l.email = a.email AS "isOld", l.used_at IS NOT NULL AS agreed, l.expires_at AS until
    FROM account_link l JOIN account a ON a.id = l.account_id
    WHERE l.change_id = (
      SELECT change_id FROM account_link
      WHERE account_id = ${accountId}::uuid AND purpose = 'change-address' AND used_at IS NULL
        AND expires_at > clock_timestamp()
      ORDER BY created_at DESC LIMIT 1)`;
  const [clock] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const [before, after] = [links.find(({ isOld }) => isOld), links.find(({ isOld }) => !isOld)];
  const open = before &&
    after && { to: after.email, until: after.until, oldAgreed: before.agreed, newAgreed: after.agreed };
  return { open: open ?? null, now: clock?.now ?? new Date() };
}

/** An account as a sign-in finds it. */
export type Known = { id: string; email: string; name: string; confirmed: boolean };

/** The account that a provider's word for somebody opens, or null. */
export async function findByMethod(method: { issuer: string; subject: string }): Promise<Known | null> {
  const { issuer, subject } = method;
  const found = await db().signInMethod.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { account: { select: KNOWN } },
  });
  return found && toKnown(found.account);
}

/** The account of an address in its one form, or null. */
export async function findByEmail(email: string): Promise<Known | null> {
  const found = await db().account.findUnique({ where: { email }, select: KNOWN });
  return found && toKnown(found);
}

const KNOWN = { id: true, email: true, name: true, verifiedAt: true } as const;

function toKnown({ verifiedAt, ...rest }: Omit<Known, "confirmed"> & { verifiedAt: Date | null }): Known {
  return { ...rest, confirmed: verifiedAt !== null };
}
