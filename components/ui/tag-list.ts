/** A tag. `text` is its canonical form, used to find duplicates; `error` says briefly why it is invalid. */
export type TagItem = { text: string; error?: string | undefined };

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
 * already there".
 */
export function announce({ added, duplicates }: MergedTags): string {
  const invalid = added.filter((tag) => tag.error);
  const [only] = added;
  if (only && added.length === 1 && duplicates.length === 0) {
    return only.error ? `${only.text}: ${only.error}` : `${only.text} added`;
  }
  const parts = [
    added.length > 0 ? `${added.length} added` : "",
    invalid.length > 0 ? `${invalid.length} ${invalid.length === 1 ? "needs" : "need"} fixing` : "",
    duplicates.length > 0 ? `${duplicates.length} already there` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

const keyOf = (tag: TagItem): string => tag.text.toLowerCase();
