import type { Locale } from "@/lib/i18n/locales";
import type { Catalog } from "@/lib/i18n/messages";
import de from "@/messages/de.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import fr from "@/messages/fr.json";
import ja from "@/messages/ja.json";
import ptBR from "@/messages/pt-BR.json";

/** The messages of each language; English takes the place of missing ones. Never sent to a browser as a whole. */
export const CATALOGS: Record<Locale, Catalog> = {
  en,
  de: withFallback(de),
  fr: withFallback(fr),
  es: withFallback(es),
  "pt-BR": withFallback(ptBR),
  ja: withFallback(ja),
};

function withFallback(messages: object): Catalog {
  return mergeMessages(en, messages) as Catalog;
}

/** Returns `base` with the messages of `overrides` in place of its own. A message is a string, or an array once compiled. */
function mergeMessages(base: object, overrides: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const fallback = merged[key];
    merged[key] = isGroup(fallback) && isGroup(value) ? mergeMessages(fallback, value) : value;
  }
  return merged;
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
