import type { Messages } from "@/lib/result/result";

/** Why a sign-in through a provider of OpenID Connect led nowhere; said on the login page it began at. */
export const PROVIDER_MESSAGES = {
  "provider-silent": ({ provider }) =>
    `${provider} does not answer just now. Try again in a minute, or log in another way.`,
  "begin-again": "This login was begun in another browser, or too long ago. Begin it again here.",
  cancelled: ({ provider }) => `You did not log in with ${provider}. Try again, or log in another way.`,
  "answer-refused": ({ provider }) =>
    `What ${provider} answered does not fit what was asked, so nobody was logged in. Try again.`,
  "address-unverified": ({ provider }) =>
    `${provider} does not say that it has verified your email address. Verify it there, or log in another way.`,
  "no-account": ({ provider }) =>
    `Nobody here knows the address that ${provider} has of you. Were you invited under another one? Open the link in that letter.`,
  "prove-first": ({ provider }) =>
    `There is an account for this address already. Log in once with its password or by mail: after that ${provider} opens it as well.`,
} as const satisfies Messages<string>;

export type ProviderRefusal = keyof typeof PROVIDER_MESSAGES;
