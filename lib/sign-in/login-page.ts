import { PROVIDER_MESSAGES, type ProviderRefusal } from "@/lib/auth/messages";
import { findProvider } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { messageFor, refused } from "@/lib/result/result";

type Query = Record<string, string | string[] | undefined>;

/** What a login page shows of its address: where to go on afterwards, who else lets people in, and why one did not. */
export function readLoginPage({ callbackUrl, refused: reason, provider }: Query) {
  const providers = env().providers.map(({ id, name }) => ({ id, name }));
  return { callbackUrl: text(callbackUrl), providers, refusal: refusalIn(text(reason), text(provider)) };
}

/** Only our own sentences, and only of our own providers: anybody can write an address. */
function refusalIn(reason: string | undefined, id: string | undefined): string | null {
  if (!reason || !Object.hasOwn(PROVIDER_MESSAGES, reason)) return null;
  const provider = findProvider(id ?? "")?.name ?? "The provider";
  return messageFor(PROVIDER_MESSAGES, refused(reason as ProviderRefusal, { provider }));
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
