import type { Messages } from "@/lib/result/result";

/** Why a sign-in with an OpenID Connect provider was refused; shown on the login page where it was started. */
export const PROVIDER_MESSAGES = {
  "provider-silent": ({ provider }) =>
    `${provider} does not answer just now. Try again in a minute, or log in another way.`,
  "begin-again": "This login was begun in another browser, or too long ago. Begin it again here.",
  cancelled: ({ provider }) => `You did not log in with ${provider}. Try again, or log in another way.`,
  "answer-refused": ({ provider }) => `Login with ${provider} failed. Try again.`,
  "address-unverified": ({ provider }) =>
    `${provider} does not say that it has verified your email address. Verify it there, or log in another way.`,
  "no-account": ({ provider }) =>
    `No account here uses your ${provider} address. Invited with another one? Open the link in that email.`,
  "prove-first": ({ provider }) =>
    `There is an account for this address already. Log in once with its password or by mail: after that ${provider} opens it as well.`,
} as const satisfies Messages<string>;

export type ProviderRefusal = keyof typeof PROVIDER_MESSAGES;
