import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { isCounted, type ListLine } from "@/lib/invitations/list-file/validate-lines";

/**
 * Returns the lines of one upload of a longer list (REQ-B13): the next `MAX_RECORDS` that count, after the first
 * `from`, with the lines between them that do not count. Browser and server both decide by this.
 */
export function linesOfUpload(lines: readonly ListLine[], from: number): ListLine[] {
  let counted = 0;
  return lines.filter((line) => {
    // A line that does not count belongs to the person before it.
    const position = isCounted(line) ? counted : Math.max(0, counted - 1);
    if (isCounted(line)) counted += 1;
    return position >= from && position < from + MAX_RECORDS;
  });
}

/** Returns the number of lines that count towards uploads. */
export function countLines(lines: readonly ListLine[]): number {
  return lines.filter(isCounted).length;
}
