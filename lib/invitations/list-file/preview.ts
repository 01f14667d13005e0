import type { FileColumn } from "@/lib/invitations/list-file/columns";
import type { InvalidListReason } from "@/lib/invitations/list-file/decode";
import { countFiles, splitList } from "@/lib/invitations/list-file/download";
import type { Encoding } from "@/lib/invitations/list-file/encodings";
import { type ListLayout, recognizeLayout } from "@/lib/invitations/list-file/layout";
import { type ListTable, readTable } from "@/lib/invitations/list-file/read-table";
import { type ListRecord, MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { countLines, linesOfUpload } from "@/lib/invitations/list-file/upload-window";
import {
  type LineContext,
  type ListChoices,
  type ListLine,
  lineKey,
  validateLines,
} from "@/lib/invitations/list-file/validate-lines";
import { done, type Result, refused } from "@/lib/result/result";

/** What the preview depends on, besides the bytes; `from` is the number of people that earlier uploads have had. */
export type PreviewRequest = { choices: ListChoices; context: LineContext; from: number };

/** A line as it is now, and as it is without corrections. */
export type PreviewLine = { line: ListLine; original: ListLine };

/** What the dialog shows of a list: the lines of one upload, and what concerns the whole list (REQ-B5, REQ-B13). */
export type ListPreview = Omit<ListTable, "rows"> & {
  /** The encoding without a choice, and whether it is certain; null for pasted text and spreadsheets. */
  detected: { encoding: Encoding; isCertain: boolean } | null;
  headerLines: ListRecord[];
  columns: FileColumn[];
  /** The columns to choose from, whatever is chosen. */
  addressCandidates: number[];
  /** True if a line has several addresses, so that it can become several people. */
  hasSeveralPerLine: boolean;
  lines: PreviewLine[];
  /** The number of lines that count towards uploads. */
  count: number;
  /** The number of files of 100 that the list can be downloaded as. */
  files: number;
};

/** Reads one list again and again as the inviter's choices change. */
export type PreviewReader = {
  /** Returns the preview; refuses what `readTable` refuses, and a list without any line. */
  preview: (request: PreviewRequest) => Promise<Result<ListPreview, InvalidListReason>>;
  /** Returns the list as CSV files of 100. */
  split: (choices: ListChoices) => Promise<string[]>;
};

/**
 * Creates a reader of one list. It keeps what it computed last, because most changes, such as a corrected line, keep
 * the bytes and the columns as they were read.
 */
export function createPreviewReader(source: Uint8Array | string): PreviewReader {
  const read = keepLast((encoding: Encoding | undefined, sheet: string | undefined) =>
    readTable(source, { encoding, sheet }),
  );
  const detect = keepLast(() => readTable(source, {}));
  const recognize = keepLast((table: ListTable, columns: string, policyNames: string) =>
    recognizeLayout(table, JSON.parse(columns), JSON.parse(policyNames)),
  );
  const recognizeFreely = keepLast((table: ListTable, policyNames: string) =>
    recognizeLayout(table, {}, JSON.parse(policyNames)),
  );
  const findSeveral = keepLast((layout: ListLayout, context: string) =>
    hasSeveralPerLine(layout, JSON.parse(context)),
  );
  const separate = keepLast((layout: ListLayout, context: string) =>
    validateLines(layout, { corrections: {}, severalPerLine: true }, JSON.parse(context)),
  );

  const readLayout = async ({ encoding, sheet, columns = {} }: ListChoices, policyNames: string) => {
    const table = await read(encoding, sheet);
    if (!table.ok) return table;
    const layout = recognize(table.value, JSON.stringify(columns), policyNames);
    return layout.records.length > 0 ? done({ table: table.value, layout }) : refused("empty");
  };
  return {
    preview: async ({ choices, context, from }) => {
      const policyNames = JSON.stringify(context.policies.map(({ name }) => name));
      const found = await readLayout(choices, policyNames);
      if (!found.ok) return found;
      const { table, layout } = found.value;
      const { rows: _, ...facts } = table;
      const detected = choices.encoding ? await detect() : done(table);
      const hasChosen = Object.keys(choices.columns ?? {}).length > 0;
      const known = JSON.stringify({ ...context, ineligible: {} });
      const countBelow = (end: number) =>
        choices.severalPerLine
          ? countLines(separate(layout, known).filter(({ line }) => line >= end))
          : layout.records.filter(({ line, isComment }) => line >= end && !isComment).length;
      const { lines, count } = validateUpload(layout, { choices, context, from }, countBelow);
      const originals = validateOriginals(layout, lines, { choices, context });
      return done({
        ...facts,
        detected:
          detected.ok && detected.value.encoding
            ? { encoding: detected.value.encoding, isCertain: detected.value.encodingIsCertain }
            : null,
        headerLines: layout.headerLines,
        columns: layout.columns,
        addressCandidates: (hasChosen ? recognizeFreely(table, policyNames) : layout).addressCandidates,
        hasSeveralPerLine: findSeveral(layout, known),
        lines: lines.map((line) => ({ line, original: originals.get(lineKey(line)) ?? line })),
        count,
        files: countFiles(layout),
      });
    },
    split: async (choices) => {
      const found = await readLayout(choices, "[]");
      return found.ok ? splitList(found.value.layout) : [];
    },
  };
}

/**
 * Validates the lines of one upload and counts all. Those below it change nothing about it and are only counted, so
 * that a long list is as fast as a short one. `countBelow` counts the lines from a line of the file on.
 */
function validateUpload(
  layout: ListLayout,
  { choices, context, from }: PreviewRequest,
  countBelow: (line: number) => number,
): { lines: ListLine[]; count: number } {
  const { records } = layout;
  for (let size = from + 3 * MAX_RECORDS; ; size *= 2) {
    const lines = validateLines({ ...layout, records: records.slice(0, size) }, choices, context);
    const counted = countLines(lines);
    if (counted <= from + MAX_RECORDS && size < records.length) continue;
    return {
      lines: linesOfUpload(lines, from),
      count: counted + countBelow(records[size]?.line ?? Number.POSITIVE_INFINITY),
    };
  }
}

/** Returns lines as they are without corrections, by key. */
function validateOriginals(
  layout: ListLayout,
  lines: readonly ListLine[],
  { choices: { severalPerLine }, context }: Pick<PreviewRequest, "choices" | "context">,
): ReadonlyMap<string, ListLine> {
  const numbers = new Set(lines.map(({ line }) => line));
  const records = layout.records.filter(({ line }) => numbers.has(line));
  const originals = validateLines(
    { ...layout, records },
    { corrections: {}, severalPerLine },
    { ...context, ineligible: {} },
  );
  return new Map(originals.map((line) => [lineKey(line), line]));
}

/** Only lines with two @ signs can have several addresses. */
function hasSeveralPerLine(layout: ListLayout, context: LineContext): boolean {
  const records = layout.records.filter(
    ({ cells }) => cells.reduce((count, cell) => count + (cell.match(/[@＠﹫]/g)?.length ?? 0), 0) > 1,
  );
  return validateLines({ ...layout, records }, { corrections: {} }, context).some(
    ({ status, choices = [] }) => choices.length > 1 && (status === "two-addresses" || status === "confirm"),
  );
}

/** Returns a function that computes again only if an argument is another one than at the last call. */
function keepLast<Args extends readonly unknown[], T>(compute: (...args: Args) => T): (...args: Args) => T {
  let last: { args: Args; value: T } | undefined;
  return (...args) => {
    if (!last || last.args.some((arg, index) => arg !== args[index]))
      last = { args, value: compute(...args) };
    return last.value;
  };
}
