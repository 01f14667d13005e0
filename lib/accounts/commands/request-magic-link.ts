import { randomUUID } from "node:crypto";
import type { RequestMagicLinkRefusal } from "@/lib/accounts/messages";
import { transaction } from "@/lib/db/client";
import { parseAddress } from "@/lib/email-address/email-address";
import { enqueueJobs } from "@/lib/jobs/queue";
import type { LinkPurpose } from "@/lib/links/account-link";
import { consumeRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** The links that a visitor can request without being signed in. */
export type MagicLinkPurpose = Extract<LinkPurpose, "sign-in" | "reset-password">;

/**
 * Requests an emailed sign-in or password reset link (REQ-F5). Known and unknown addresses get the same result by the same
 * path (S-PUB-1): a job, `sendMagicLink`, looks up the account. Limited to 10 requests an hour per client IP and 3 a day
 * per address (S-LIMIT-3); if the limits cannot be counted, nothing is sent (S-LIMIT-8).
 */
export async function requestMagicLink(
  ip: string,
  input: { email: string; purpose: MagicLinkPurpose; organization?: string | undefined },
): Promise<Result<{ email: string }, RequestMagicLinkRefusal>> {
  const parsed = parseAddress(input.email);
  if (!("address" in parsed)) return refused("not-an-address");
  const email = parsed.address;
  // The client's limit first, so that a blocked client cannot use up the requests of other addresses.
  const wait = (await consumeRateLimit("link-client", ip)) ?? (await consumeRateLimit("link-account", email));
  if (wait) return refused("too-many-emails", { wait: { seconds: wait } });
  await transaction(async (tx) => {
    const id = randomUUID();
    const organization = input.organization
      ? await tx.organization.findUnique({ where: { slug: input.organization }, select: { id: true } })
      : null;
    await tx.magicLinkRequest.create({
      data: { id, email, purpose: input.purpose, organizationId: organization?.id ?? null },
    });
    await enqueueJobs(tx, "magic-links", [{ request: id }]);
  });
  return done({ email });
}
