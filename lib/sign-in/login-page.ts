import { PROVIDER_MESSAGES, type ProviderRefusal } from "@/lib/auth/messages";
import { findProvider } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { messageFor, refused } from "@/lib/result/result";

type Query = Record<string, string | string[] | undefined>;

/** Reads the query of a login page: the return path, and the error of a failed sign-in with a provider. */
export function readLoginPage({ callbackUrl, refused: reason, provider }: Query) {
  const providers = env().providers.map(({ id, name }) => ({ id, name }));
  return {
    callbackUrl: textOf(callbackUrl),
    providers,
    error: refusalMessage(textOf(reason), textOf(provider)),
  };
}

/** Returns the message for a refusal. Unknown reasons and providers are ignored, because anyone can write the URL. */
function refusalMessage(reason: string | undefined, id: string | undefined): string | null {
  if (!reason || !Object.hasOwn(PROVIDER_MESSAGES, reason)) return null;
  const provider = findProvider(id ?? "")?.name ?? "The provider";
  return messageFor(PROVIDER_MESSAGES, refused(reason as ProviderRefusal, { provider }));
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
