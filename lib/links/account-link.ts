import { printCode } from "@/lib/links/invitation-link";

/** What a link of an account is for, and the path it opens. */
const LINK_PATHS = {
  "sign-in": "/sign-in",
  "reset-password": "/reset",
  "confirm-address": "/confirm",
  "change-address": "/change-address",
} as const;

export type LinkPurpose = keyof typeof LINK_PATHS;

/** The link that carries an account's secret. `origin` is the configured one, never a request's. */
export function accountLink(origin: string, purpose: LinkPurpose, secret: string): string {
  return `${origin}${LINK_PATHS[purpose]}/${printCode(secret)}`;
}
