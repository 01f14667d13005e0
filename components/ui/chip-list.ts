import type { Chip } from "@/components/ui/chips";

export type Merged = { chips: Chip[]; added: Chip[]; repeated: Chip[] };

/** Adds tokens to a list. One that is there already is merged into it, whatever its case: an address belongs to one person. */
export function merge(chips: readonly Chip[], more: readonly Chip[]): Merged {
  const known = new Set(chips.map(key));
  const merged: Merged = { chips: [...chips], added: [], repeated: [] };
  for (const chip of more) {
    const place = known.has(key(chip)) ? merged.repeated : merged.added;
    place.push(chip);
    known.add(key(chip));
  }
  merged.chips.push(...merged.added);
  return merged;
}

/** What a merge did, for those who do not see it: "lea@x.io added", "3 added, 1 needs mending, 1 already there". */
export function said({ added, repeated }: Merged): string {
  const bad = added.filter((chip) => chip.problem);
  const [only] = added;
  if (only && added.length === 1 && repeated.length === 0) {
    return only.problem ? `${only.text}: ${only.problem}` : `${only.text} added`;
  }
  const parts = [
    added.length > 0 ? `${added.length} added` : "",
    bad.length > 0 ? `${bad.length} ${bad.length === 1 ? "needs" : "need"} mending` : "",
    repeated.length > 0 ? `${repeated.length} already there` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

const key = (chip: Chip): string => chip.text.toLowerCase();
