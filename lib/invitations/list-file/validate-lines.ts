import { type InvalidAddressReason, parseAddresses } from "@/lib/email-address/email-address";
import type { ListRecord, ParsedList } from "@/lib/invitations/list-file/records";

/** Reasons, known from the database, that an address can't be invited. */
export type IneligibleReason =
  | "already-a-user"
  | "already-invited"
  | "blocked"
  | "refused-domain"
  | "suppressed-bounced"
  | "suppressed-complained";

/** The status of a line before inviting (REQ-B5); messages.ts has the texts. Only ready lines are invited. */
export type LineStatus =
  | "ready"
  | "duplicate"
  | "two-addresses"
  | "skipped"
  | IneligibleReason
  | InvalidAddressReason;

/** Texts that replace lines, by line number of the file; an empty text skips the line. */
export type Corrections = Readonly<Record<number, string>>;

export type ListLine = {
  line: number;
  /** The cells of the file. */
  cells: readonly string[];
  /** The text that replaces the cells. */
  correction?: string;
  status: LineStatus;
  /** The address of the line; undefined if it has none or several. */
  address?: string;
  /** The addresses to choose from if the line has several. */
  choices?: readonly string[];
  /** The line that has the same address already. */
  duplicateOf?: number;
};

/** The distinct addresses found; `reason` applies if there are none. */
type FoundAddresses = { addresses: string[]; reason: InvalidAddressReason };

/**
 * Validates every line. A repeated address is a duplicate of the first line that has it. `ineligible` has the
 * reasons from the database by address; the server passes none, because inviting checks them.
 */
export function validateLines(
  list: ParsedList,
  corrections: Corrections,
  ineligible: Readonly<Record<string, IneligibleReason | null>> = {},
): ListLine[] {
  const lineOfAddress = new Map<string, number>();
  return list.records.map((record) => {
    const line = validateLine(record, corrections[record.line]);
    if (line.status !== "ready" || !line.address) return line;
    const duplicateOf = lineOfAddress.get(line.address);
    if (duplicateOf !== undefined) return { ...line, status: "duplicate", duplicateOf };
    lineOfAddress.set(line.address, record.line);
    const reason = Object.hasOwn(ineligible, line.address) ? ineligible[line.address] : undefined;
    return reason ? { ...line, status: reason } : line;
  });
}

/** Returns true if the line needs a correction. A skipped line does not. */
export function isProblem({ status }: ListLine): boolean {
  return status !== "ready" && status !== "skipped";
}

/** Returns the addresses of the ready lines in order. */
export function readyAddresses(lines: readonly ListLine[]): string[] {
  return lines.flatMap(({ status, address }) => (status === "ready" && address ? [address] : []));
}

function validateLine({ line, cells }: ListRecord, correction: string | undefined): ListLine {
  const base = { line, cells, ...(correction === undefined ? {} : { correction }) };
  if (correction?.trim() === "") return { ...base, status: "skipped" };
  const { addresses, reason } = findAddresses(correction === undefined ? cells : [correction]);
  const [address] = addresses;
  if (!address) return { ...base, status: reason };
  if (addresses.length > 1) return { ...base, status: "two-addresses", choices: addresses };
  return { ...base, status: "ready", address };
}

/** The maximum number of characters searched for addresses per line and cell; an address has at most 254. */
const MAX_LINE_CHARS = 2_000;
const MAX_CELL_CHARS = 1_000;

/**
 * Finds all addresses in the texts: alone, with a name, or between other words. Long texts are not searched.
 */
export function findAddresses(texts: readonly string[]): FoundAddresses {
  let total = 0;
  const short = texts.filter((text) => {
    if (!text.includes("@") || text.length > MAX_CELL_CHARS) return false;
    total += text.length;
    return total <= MAX_LINE_CHARS;
  });
  const parsed = short.flatMap(parseAddresses);
  const addresses = parsed.flatMap((entry) => ("address" in entry ? [entry.address] : []));
  const reasons = parsed.flatMap((entry) =>
    "reason" in entry && entry.reason !== "no-address" ? [entry.reason] : [],
  );
  return { addresses: [...new Set(addresses)], reason: reasons[0] ?? "no-address" };
}
