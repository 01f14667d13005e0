import type { createTranslator, MessageKeys, NestedKeyOf } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import type en from "@/messages/en.json";

/** The message catalog as written in English. Other languages have every key except those of `admin`. */
export type Catalog = typeof en;

/** The full key of a message, such as "join.title". */
export type MessageKey = MessageKeys<Catalog, NestedKeyOf<Catalog>>;

/** Returns the message of a key with its values filled in. */
export type Translator = ReturnType<typeof createTranslator<Catalog>>;

/** What a pure function needs to write text for a reader. */
export type Translation = { t: Translator; locale: Locale };

/** Checks the key of a message where a library takes any string, such as in zod. Returns it. */
export function messageKey(key: MessageKey): MessageKey {
  return key;
}
