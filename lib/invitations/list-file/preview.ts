import type { FileColumn } from "@/lib/invitations/list-file/columns";
import { type DecodedText, decodeFile, type InvalidListReason } from "@/lib/invitations/list-file/decode";
import { countFiles, splitList } from "@/lib/invitations/list-file/download";
import type { Encoding } from "@/lib/invitations/list-file/encodings";
import { type LayoutRecord, type ListLayout, recognizeLayout } from "@/lib/invitations/list-file/layout";
import { type ListTable, readTable } from "@/lib/invitations/list-file/read-table";
import { type ListRecord, MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { validateUpload } from "@/lib/invitations/list-file/upload-window";
import {
  findCrowdedRecords,
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
  const detect = keepLast(() => (typeof source === "string" ? null : decodeFile(source)));
  const recognize = keepLast((table: ListTable, columns: string, policyNames: string) =>
    recognizeLayout(table, JSON.parse(columns), JSON.parse(policyNames)),
  );
  const recognizeFreely = keepLast((table: ListTable, policyNames: string) =>
    recognizeLayout(table, {}, JSON.parse(policyNames)),
  );
  const findCrowded = keepLast(findCrowdedRecords);
  const findSeveral = keepLast((layout: ListLayout, context: string) =>
    hasSeveralPerLine(layout, findCrowded(layout), JSON.parse(context)),
  );
  const countSeveral = keepLast((layout: ListLayout, context: string) =>
    countPeoplePerLine({ ...layout, records: findCrowded(layout) }, JSON.parse(context)),
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
      const hasChosen = Object.keys(choices.columns ?? {}).length > 0;
      const known = JSON.stringify({ ...context, ineligible: {} });
      const { lines, counted, rest } = validateUpload(layout, choices, context, from);
      const people = choices.severalPerLine && rest.length > 0 ? countSeveral(layout, known) : null;
      let count = counted;
      for (const { line, isComment } of rest) if (!isComment) count += people?.get(line) ?? 1;
      const originals = validateOriginals(layout, lines, { choices, context });
      return done({
        ...facts,
        detected: toDetected(choices.encoding ? detect() : done(table)),
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

function toDetected(
  decoded: Result<Pick<DecodedText, "encoding" | "encodingIsCertain">, InvalidListReason> | null,
): ListPreview["detected"] {
  if (!decoded?.ok || !decoded.value.encoding) return null;
  return { encoding: decoded.value.encoding, isCertain: decoded.value.encodingIsCertain };
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

/** The number of crowded lines that are looked at, some at a time: all of a long list would take seconds. */
const MAX_LOOKED_AT = 5_000;

function hasSeveralPerLine(
  layout: ListLayout,
  crowded: readonly LayoutRecord[],
  context: LineContext,
): boolean {
  for (let start = 0; start < Math.min(crowded.length, MAX_LOOKED_AT); start += MAX_RECORDS) {
    const records = crowded.slice(start, start + MAX_RECORDS);
    const lines = validateLines({ ...layout, records }, { corrections: {} }, context);
    if (
      lines.some(
        ({ status, choices = [] }) =>
          choices.length > 1 && (status === "two-addresses" || status === "confirm"),
      )
    )
      return true;
  }
  return false;
}

/** Returns the number of people of each line, by its number. */
function countPeoplePerLine(layout: ListLayout, context: LineContext): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { line } of validateLines(layout, { corrections: {}, severalPerLine: true }, context))
    counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
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
