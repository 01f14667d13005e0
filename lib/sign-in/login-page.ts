import { PROVIDER_MESSAGES, type ProviderRefusal } from "@/lib/auth/messages";
import { findProvider } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import type { Translation } from "@/lib/i18n/messages";
import { refused, translateRefusal } from "@/lib/result/result";

type Query = Record<string, string | string[] | undefined>;

/** Reads the query of a login page: the return path, and the error of a failed sign-in with a provider. */
export function readLoginPage(translation: Translation, { callbackUrl, refused: reason, provider }: Query) {
  const providers = env().providers.map(({ id, name }) => ({ id, name }));
  return {
    callbackUrl: textOf(callbackUrl),
    providers,
    error: refusalMessage(translation, textOf(reason), textOf(provider)),
  };
}

/**
 * Returns the message for a refusal. An unknown reason is ignored, because anyone can write the URL. Without a provider to
 * name, the login has to be started again.
 */
function refusalMessage(
  translation: Translation,
  reason: string | undefined,
  id: string | undefined,
): string | null {
  if (!reason || !Object.hasOwn(PROVIDER_MESSAGES, reason)) return null;
  const provider = findProvider(id ?? "");
  const refusal = provider
    ? refused(reason as ProviderRefusal, { provider: provider.name })
    : refused("begin-again");
  return translateRefusal(translation, PROVIDER_MESSAGES, refusal);
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
