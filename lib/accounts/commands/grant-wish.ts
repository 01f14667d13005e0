import { randomUUID } from "node:crypto";
import type { WishPurpose } from "@/lib/accounts/commands/wish-link";
import { makeLink } from "@/lib/accounts/links";
import { type Tx, transaction } from "@/lib/db/client";
import type { Jobs } from "@/lib/jobs/queue";
import { owe } from "@/lib/mail/outbox";
import { findFull, takeTurn } from "@/lib/mail/quota";
import type { LetterKind } from "@/lib/mail/states";

/** As long as the wish for it counts: whoever may not wish again has a letter that still opens (decision 0023). */
const LINK_HOURS = 24;

const KINDS = { "sign-in": "sign-in-link", "reset-password": "password-reset" } as const satisfies Record<
  WishPurpose,
  LetterKind
>;

type Wish = { email: string; purpose: WishPurpose; organizationId: string | null };

/**
 * Does what a visitor wished for: owes the letter with its link if there is such an account and its address has not had
 * its letters of today, and forgets the wish. Nobody who asked learns which it was.
 */
export async function grantWish({ wish: id }: Jobs["links"]): Promise<void> {
  await transaction(async (tx) => {
    const [wish] = await tx.$queryRaw<Wish[]>`
      SELECT email, purpose, organization_id AS "organizationId" FROM magic_link_request WHERE id = ${id}::uuid`;
    if (!wish) return;
    // The order of everything else: organization, daily limit, account; the wish last.
    await tx.$queryRaw`SELECT FROM organization WHERE id = ${wish.organizationId}::uuid FOR KEY SHARE`;
    await takeTurn(tx, [wish.email]);
    const full = await findFull(tx, [wish.email]);
    if (!full.has(wish.email)) await mailLink(tx, wish);
    await tx.$executeRaw`DELETE FROM magic_link_request WHERE id = ${id}::uuid`;
  });
}

async function mailLink(tx: Tx, { email, purpose, organizationId }: Wish): Promise<void> {
  const [account] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM account WHERE email = ${email} FOR KEY SHARE`;
  if (!account) return;
  const of = { organizationId: organizationId ?? undefined };
  const link = await makeLink(tx, { accountId: account.id, email, purpose, hours: LINK_HOURS, ...of });
  await owe(tx, [{ id: randomUUID(), kind: KINDS[purpose], to: email, accountLinkId: link.id, ...of }]);
}
