import type { Translation } from "@/lib/i18n/messages";

/**
 * A tag. `text` is its canonical form, used to find duplicates; `error` says briefly why it is invalid. `suggestion` is
 * the likely right text of an invalid tag, and `name` belongs to the text.
 */
export type TagItem = {
  text: string;
  error?: string | undefined;
  suggestion?: string | undefined;
  name?: string | undefined;
};

/** The tags of typed or pasted text, and the words that belong to none of them. */
export type ParsedTags = { tags: TagItem[]; ignoredWords?: readonly string[] };

export type MergedTags = { tags: TagItem[]; added: TagItem[]; duplicates: TagItem[] };

/** Adds tags to a list. Skips duplicates, ignoring case. */
export function mergeTags(tags: readonly TagItem[], candidates: readonly TagItem[]): MergedTags {
  const known = new Set(tags.map(keyOf));
  const merged: MergedTags = { tags: [...tags], added: [], duplicates: [] };
  for (const tag of candidates) {
    const list = known.has(keyOf(tag)) ? merged.duplicates : merged.added;
    list.push(tag);
    known.add(keyOf(tag));
  }
  merged.tags.push(...merged.added);
  return merged;
}

/**
 * Returns the announcement for screen readers after a merge: "lea@x.io added", "3 added, 1 needs fixing, 1
 * already added". `display` returns how the text of a tag is shown.
 */
export function announce(
  { t, locale }: Translation,
  { added, duplicates }: MergedTags,
  display = asTyped,
): string {
  const invalid = added.filter((tag) => tag.error);
  const [only] = added;
  if (only && added.length === 1 && duplicates.length === 0) {
    const text = display(only.text);
    return only.error ? t("ui.tags.invalid", { text, error: only.error }) : t("ui.tags.added", { text });
  }
  const parts = [
    added.length > 0 ? t("ui.tags.addedCount", { count: added.length }) : "",
    invalid.length > 0 ? t("ui.tags.invalidCount", { count: invalid.length }) : "",
    duplicates.length > 0 ? t("ui.tags.duplicateCount", { count: duplicates.length }) : "",
  ];
  return new Intl.ListFormat(locale, { type: "unit" }).format(parts.filter(Boolean));
}

export function asTyped(text: string): string {
  return text;
}

const keyOf = (tag: TagItem): string => tag.text.toLowerCase();
