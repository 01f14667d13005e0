import type { MessageKey } from "@/lib/i18n/messages";
import { toSingleLine } from "./safe-text";
import type { EmailReader } from "./template";

const MAX_LENGTH = 90;
const MAX_NAME_LENGTH = 40;

/**
 * Returns a subject of at most 90 characters on one line. Names are cut at 40 characters, or shorter if two of them do not
 * fit.
 *
 * Names are not isolated for direction (S-I18N-4) as in the body: mail programs compare subjects to find threads, filters
 * match them, and some programs show invisible characters as boxes. Names contain no direction marks here, and a subject
 * is shown on a line of its own, so a name can reorder only the words beside it.
 */
export function createSubject(
  { t }: EmailReader,
  key: MessageKey,
  names: Record<string, string>,
  values: Record<string, string> = {},
): string {
  for (let limit = MAX_NAME_LENGTH; ; limit--) {
    const shortened = Object.entries(names).map(([name, text]) => [name, shorten(toSingleLine(text), limit)]);
    const subject = t(key, { ...values, ...Object.fromEntries(shortened) });
    if (subject.length <= MAX_LENGTH || limit === 0) return subject;
  }
}

/** Cuts a text between graphemes, so that it has at most `limit` of them, the ellipsis included (S-I18N-2). */
function shorten(text: string, limit: number): string {
  const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (graphemes.length <= limit) return text;
  return `${graphemes
    .slice(0, Math.max(0, limit - 1))
    .join("")
    .trimEnd()}…`;
}
