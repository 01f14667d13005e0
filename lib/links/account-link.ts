import { formatCode } from "@/lib/links/invitation-link";

/** The path of each kind of account link. */
const LINK_PATHS = {
  "sign-in": "/sign-in",
  "reset-password": "/reset",
  "confirm-address": "/confirm",
  "change-address": "/change-address",
} as const;

export type LinkPurpose = keyof typeof LINK_PATHS;

/** Returns the link with the secret. `origin` is the configured one, never that of a request (S-LINK-1). */
export function buildAccountLink(origin: string, purpose: LinkPurpose, secret: string): string {
  return `${origin}${LINK_PATHS[purpose]}/${formatCode(secret)}`;
}
