import type { Messages } from "@/lib/result/result";

/** Why a sign-in with an OpenID Connect provider was refused; shown on the login page where it was started. */
export const PROVIDER_MESSAGES = {
  "provider-silent": "accounts.providers.refusals.provider-silent",
  "begin-again": "accounts.providers.refusals.begin-again",
  cancelled: "accounts.providers.refusals.cancelled",
  "answer-refused": "accounts.providers.refusals.answer-refused",
  "address-unverified": "accounts.providers.refusals.address-unverified",
  "no-account": "accounts.providers.refusals.no-account",
  "prove-first": "accounts.providers.refusals.prove-first",
} as const satisfies Messages<string>;

export type ProviderRefusal = keyof typeof PROVIDER_MESSAGES;
