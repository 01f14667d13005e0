import type { ReactNode } from "react";
import type { MessageKey } from "@/lib/i18n/messages";
import { isolateDirection } from "./safe-text";
import type { EmailReader } from "./template";

/**
 * A message of the catalog with its values. It has two tags: `<bdi>` around text that other people entered, so that its
 * direction does not change that of the sentence (S-I18N-4), and `<b>` for bold text.
 */
export type FilledMessage = { key: MessageKey; values?: Record<string, string> };

export function formatAsHtml({ t }: EmailReader, { key, values }: FilledMessage): ReactNode {
  return t.rich(key, {
    ...values,
    bdi: (text) => <bdi>{text}</bdi>,
    b: (text) => <strong>{text}</strong>,
  });
}

export function formatAsText({ t }: EmailReader, { key, values }: FilledMessage): string {
  return t.markup(key, { ...values, bdi: isolateDirection, b: (text) => text });
}
