import { randomUUID } from "node:crypto";
import type { WishRefusal } from "@/lib/accounts/messages";
import { transaction } from "@/lib/db/client";
import { parseAddress } from "@/lib/email-address/email-address";
import { send } from "@/lib/jobs/queue";
import type { LinkPurpose } from "@/lib/links/account-link";
import { countTry, inTime } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** The links that somebody who is not signed in can ask for. */
export type WishPurpose = Extract<LinkPurpose, "sign-in" | "reset-password">;

/**
 * Notes that somebody wants a link mailed to an address (REQ-F5). Known and unknown addresses get the same answer by the
 * same path: whether there is such an account is a worker's business (`grantWish`). Ten wishes an hour per client IP and
 * three a day for one address are taken; without their counters none is.
 */
export async function wishLink(
  ip: string,
  wish: { email: string; purpose: WishPurpose; organization?: string | undefined },
): Promise<Result<{ email: string }, WishRefusal>> {
  const parsed = parseAddress(wish.email);
  if (!("address" in parsed)) return refused("not-an-address");
  const email = parsed.address;
  // The client first: one that is paused cannot use up the wishes of other people's addresses.
  const wait = (await countTry("link-client", ip)) ?? (await countTry("link-account", email));
  if (wait) return refused("too-many-letters", { wait: inTime(wait) });
  await transaction(async (tx) => {
    const id = randomUUID();
    await tx.$executeRaw`
      INSERT INTO magic_link_request (id, email, purpose, organization_id)
      VALUES (${id}::uuid, ${email}, ${wish.purpose},
              (SELECT id FROM organization WHERE slug = ${wish.organization ?? null}))`;
    await send(tx, "links", [{ wish: id }]);
  });
  return done({ email });
}
