import { type BadAddress, parseAddresses } from "@/lib/email-address/email-address";
import type { List, ListRecord } from "@/lib/invitations/list-file/records";

/** What the database knows of an address before it is invited; nothing: it can be. */
export type Standing =
  | "already-a-user"
  | "already-invited"
  | "blocked"
  | "refused-domain"
  | "letters-bounced"
  | "letters-complained";

/** What will become of a line (REQ-B5); worded in messages.ts. Only ready ones are sent. */
export type Verdict = "ready" | "duplicate" | "two-addresses" | "left-out" | Standing | BadAddress;

/** What somebody wrote in the place of a line, by its number in the file; empty text leaves the line out. */
export type Mends = Readonly<Record<number, string>>;

export type Line = {
  line: number;
  /** As in the file. */
  cells: readonly string[];
  /** What was written in its place. */
  mend?: string;
  verdict: Verdict;
  /** The one that is meant; none where there is none, or several. */
  address?: string;
  /** Those to choose from. */
  choices?: readonly string[];
  /** Which line has the same address already. */
  sameAs?: number;
};

/** The addresses of a text or of a line's cells, each once, and what is wrong where there is none. */
type Found = { addresses: string[]; reason: BadAddress };

/**
 * The verdict of every line. An address belongs to the first line that has it, whatever its case; `standings` are those of
 * the database by address, which the server leaves to the moment of inviting.
 */
export function decideLines(
  list: List,
  mends: Mends,
  standings: Readonly<Record<string, Standing | null>> = {},
): Line[] {
  const taken = new Map<string, number>();
  return list.records.map((record) => {
    const line = readLine(record, mends[record.line]);
    if (line.verdict !== "ready" || !line.address) return line;
    const sameAs = taken.get(line.address);
    if (sameAs !== undefined) return { ...line, verdict: "duplicate", sameAs };
    taken.set(line.address, record.line);
    const standing = Object.hasOwn(standings, line.address) ? standings[line.address] : undefined;
    return standing ? { ...line, verdict: standing } : line;
  });
}

/** Should somebody look at it before sending? Whoever left a line out has looked. */
export function isProblem({ verdict }: Line): boolean {
  return verdict !== "ready" && verdict !== "left-out";
}

/** The addresses that will be sent to, in the order of their lines. */
export function readyAddresses(lines: readonly Line[]): string[] {
  return lines.flatMap(({ verdict, address }) => (verdict === "ready" && address ? [address] : []));
}

function readLine({ line, cells }: ListRecord, mend: string | undefined): Line {
  const own = { line, cells, ...(mend === undefined ? {} : { mend }) };
  if (mend?.trim() === "") return { ...own, verdict: "left-out" };
  const { addresses, reason } = findAddresses(mend === undefined ? cells : [mend]);
  const [address] = addresses;
  if (!address) return { ...own, verdict: reason };
  if (addresses.length > 1) return { ...own, verdict: "two-addresses", choices: addresses };
  return { ...own, verdict: "ready", address };
}

/** Letters of one line that are searched for addresses: an address has 254, and whole letters in a cell have none. */
const MOST_LETTERS = 2_000;
const MOST_LETTERS_OF_CELL = 1_000;

/** Every address in some texts, wherever it stands: alone, with its name, or among other words. Long texts are not read. */
export function findAddresses(texts: readonly string[]): Found {
  let letters = 0;
  const short = texts.filter((text) => {
    if (!text.includes("@") || text.length > MOST_LETTERS_OF_CELL) return false;
    letters += text.length;
    return letters <= MOST_LETTERS;
  });
  const parsed = short.flatMap(parseAddresses);
  const addresses = parsed.flatMap((one) => ("address" in one ? [one.address] : []));
  const wrong = parsed.flatMap((one) => ("reason" in one && one.reason !== "no-address" ? [one.reason] : []));
  return { addresses: [...new Set(addresses)], reason: wrong[0] ?? "no-address" };
}
