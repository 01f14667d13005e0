import type { LayoutRecord, ListLayout } from "@/lib/invitations/list-file/layout";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import {
  isCounted,
  type LineChoices,
  type LineContext,
  type ListLine,
  validateLines,
} from "@/lib/invitations/list-file/validate-lines";

/** The lines of one upload, how many people come before its end, and the records that were not looked at. */
export type UploadWindow = { lines: ListLine[]; counted: number; rest: readonly LayoutRecord[] };

/**
 * Validates the lines of one upload of a list (REQ-B13). The records below it change nothing about it, so that a long list
 * takes no longer than a short one. Browser and server both decide by this.
 */
export function validateUpload(
  layout: ListLayout,
  choices: LineChoices,
  context: LineContext,
  from: number,
): UploadWindow {
  const { records } = layout;
  for (let size = from + 3 * MAX_RECORDS; ; size *= 2) {
    const lines = validateLines({ ...layout, records: records.slice(0, size) }, choices, context);
    const counted = lines.filter(isCounted).length;
    if (counted > from + MAX_RECORDS || size >= records.length)
      return { lines: linesOfUpload(lines, from), counted, rest: records.slice(size) };
  }
}

/**
 * Returns the next `MAX_RECORDS` lines that count, after the first `from`, with the lines between them that do not count.
 */
function linesOfUpload(lines: readonly ListLine[], from: number): ListLine[] {
  let counted = 0;
  return lines.filter((line) => {
    // A line that does not count belongs to the person before it.
    const position = isCounted(line) ? counted : Math.max(0, counted - 1);
    if (isCounted(line)) counted += 1;
    return position >= from && position < from + MAX_RECORDS;
  });
}
