import type { InvalidAddressReason } from "@/lib/email-address/email-address";
import { type FoundAddress, findAddresses } from "@/lib/email-address/find-addresses";
import type { Locale } from "@/lib/i18n/locales";
import {
  findLanguage,
  findPolicies,
  findRole,
  indexPolicies,
  isNone,
  isPlaceholder,
  type KnownPolicy,
} from "@/lib/invitations/list-file/access-values";
import type { ColumnUse } from "@/lib/invitations/list-file/column-titles";
import type { ChosenColumns, RecognizedColumns } from "@/lib/invitations/list-file/columns";
import type { LayoutRecord, ListLayout } from "@/lib/invitations/list-file/layout";
import { joinNames, toPersonName } from "@/lib/invitations/list-file/names";
import type { ReadChoices } from "@/lib/invitations/list-file/read-table";
import { hasAtSign } from "@/lib/invitations/list-file/records";
import type { Role } from "@/lib/permissions/roles";

/** Reasons, known from the database, that an address can't be invited. */
export type IneligibleReason =
  | "already-a-user"
  | "already-invited"
  | "blocked"
  | "refused-domain"
  | "suppressed-bounced"
  | "suppressed-complained";

/**
 * The status of a line before inviting (REQ-B5); messages.ts has the texts. Only ready lines are invited.
 * "confirm" has a likely address that is not certain, "commented-out" one in a comment, an example or a footer
 * (REQ-B11).
 */
export type LineStatus =
  | "ready"
  | "confirm"
  | "commented-out"
  | "duplicate"
  | "two-addresses"
  | "skipped"
  | IneligibleReason
  | InvalidAddressReason;

/**
 * Texts that replace lines, by `lineKey`: "12" for the whole line 12, "12.1" for the second of several people of
 * it. An empty text skips the line.
 */
export type Corrections = Readonly<Record<string, string>>;

/** What the inviter chose for a line or the file; the server repeats it on the original bytes. */
export type LineChoices = {
  corrections: Corrections;
  /** Invites all people of lines with several addresses. */
  severalPerLine?: boolean | undefined;
};

/** Everything that the inviter chose for a file. */
export type ListChoices = ReadChoices & LineChoices & { columns?: ChosenColumns | undefined };

/** What lines are validated against: what the inviter can grant (REQ-A3) and what the database knows. */
export type LineContext = {
  /** The roles that the inviter can grant. */
  roles: readonly Role[];
  policies: readonly KnownPolicy[];
  languages: readonly Locale[];
  /** The reasons from the database by address; the server passes none, because inviting checks them. */
  ineligible?: Readonly<Record<string, IneligibleReason | null>>;
};

/** Why a value of the file is not applied to its person, who gets the dialog's value instead (REQ-B10). */
export type LineNoteReason =
  | "unknown-role"
  | "role-above-you"
  | "unknown-policy"
  | "policy-above-you"
  | "unknown-language";

/** `text` is the value in the file. */
export type LineNote = { reason: LineNoteReason; text: string };

/** What a line says about a person; what is missing comes from the dialog. */
type LinePerson = LineAccess & { name?: string };

type LineAccess = {
  role?: Role;
  /** The ids of the policies; empty if the line says that there are none. */
  policies?: readonly string[];
  language?: Locale;
  notes: readonly LineNote[];
};

/** One person of a list, or a line that may be one. */
export type ListLine = LinePerson & {
  line: number;
  /** Counts the people of one line from 0; undefined if the line is one person. */
  index?: number;
  /** The cells of the file. */
  cells: readonly string[];
  /** The text of this person, if the line has several people. */
  text?: string;
  /** The text that replaces the cells. */
  correction?: string;
  status: LineStatus;
  /** The address of the line; undefined if it has none or several. */
  address?: string;
  /** The addresses to choose from, or the one to confirm. */
  choices?: readonly string[];
  /** The line that has the same address already. */
  duplicateOf?: number;
};

/**
 * Validates every line of a list: one person each, or several with `severalPerLine` (REQ-B5, REQ-B9, REQ-B10,
 * REQ-B11). A repeated address is a duplicate of the first line that has it. A role, policy or language that
 * cannot be applied becomes a note, and the line stays ready.
 */
export function validateLines(layout: ListLayout, choices: LineChoices, context: LineContext): ListLine[] {
  const reader = new LineReader(layout, choices, context);
  const lineOfAddress = new Map<string, number>();
  return layout.records
    .flatMap((record) => reader.readPeople(record))
    .map((line) => {
      if (line.status !== "ready" || !line.address) return line;
      const duplicateOf = lineOfAddress.get(line.address);
      if (duplicateOf !== undefined) return { ...line, status: "duplicate", duplicateOf };
      lineOfAddress.set(line.address, line.line);
      const { ineligible = {} } = context;
      const reason = Object.hasOwn(ineligible, line.address) ? ineligible[line.address] : undefined;
      return reason ? { ...line, status: reason } : line;
    });
}

/** Returns the records that can have several addresses: those with two @ signs. Much faster than `validateLines`. */
export function findCrowdedRecords(layout: ListLayout): LayoutRecord[] {
  const reader = new LineReader(layout, { corrections: {} }, { roles: [], policies: [], languages: [] });
  return layout.records.filter((record) => {
    let count = 0;
    for (const cell of reader.addressCells(record))
      if (hasAtSign(cell)) count += cell.match(/[@＠﹫]/g)?.length ?? 0;
    return count > 1;
  });
}

/** Returns the key of the line in `Corrections`. */
export function lineKey({ line, index }: Pick<ListLine, "line" | "index">): string {
  return index === undefined ? `${line}` : `${line}.${index}`;
}

/** Lines that are fine as they are: their people are invited or users already, or left out on purpose. */
const SETTLED: ReadonlySet<LineStatus> = new Set([
  "ready",
  "skipped",
  "duplicate",
  "already-a-user",
  "already-invited",
]);

/** Returns true if a person has to look at the line. */
export function isProblem({ status }: ListLine): boolean {
  return !SETTLED.has(status);
}

/** Returns true if the line counts towards the people of one upload; a comment does only when confirmed (REQ-B4). */
export function isCounted({ status }: ListLine): boolean {
  return status !== "commented-out";
}

/** Returns the addresses of the ready lines in order. */
export function readyAddresses(lines: readonly ListLine[]): string[] {
  return lines.flatMap(({ status, address }) => (status === "ready" && address ? [address] : []));
}

/** The distinct addresses of a line or correction; `reason` is undefined if no part looks like a broken one. */
type LineAddresses = { addresses: FoundAddress[]; invalid: InvalidText[] };
type InvalidText = { text: string; reason: InvalidAddressReason };

/** The indexes of the columns of each use. */
type ColumnsByUse = ReadonlyMap<ColumnUse, number[]>;

class LineReader {
  private readonly columnsByUse = new Map<RecognizedColumns, ColumnsByUse>();
  /** What texts say about access: most lines have the same ones. */
  private readonly accessByText = new Map<string, LineAccess>();
  private readonly policies: ReadonlyMap<string, KnownPolicy>;

  constructor(
    private readonly layout: ListLayout,
    private readonly choices: LineChoices,
    private readonly context: LineContext,
  ) {
    this.policies = indexPolicies(context.policies);
  }

  /** Returns the people of a record, or one line with what is wrong with it. */
  readPeople(record: LayoutRecord): ListLine[] {
    const { line, cells, isComment } = record;
    const correction = this.correctionOf(`${line}`);
    const beside = this.findBesideHeader(record);
    const isPerson = !isComment && beside.length === 0;
    const person = isPerson ? this.readPerson(record) : { notes: [] };
    const base = { ...person, line, cells, ...(correction === undefined ? {} : { correction }) };
    if (correction?.trim() === "") return [{ ...base, status: "skipped" }];
    const found = correction === undefined ? this.findInCells(record) : findInTexts([correction]);
    const { addresses, invalid } = found;
    const all = addresses.map(({ address }) => address);
    if (isComment && correction === undefined)
      return [{ ...base, status: "commented-out", ...(all.length > 0 ? { choices: all } : {}) }];
    if (addresses.length + invalid.length > 1 && addresses.length > 0) {
      if (this.choices.severalPerLine) return this.separatePeople(base, found);
      // An address beside a broken one may be the wrong one (S-INPUT-3).
      return [{ ...base, status: all.length > 1 ? "two-addresses" : "confirm", choices: all }];
    }
    const [only] = addresses;
    if (only) return [{ ...base, ...this.checkAddress(only, correction !== undefined, base.name) }];
    if (beside.length > 0 && correction === undefined)
      return [{ ...base, status: "confirm", choices: beside }];
    return [{ ...base, status: invalid[0]?.reason ?? "no-address" }];
  }

  private correctionOf(key: string): string | undefined {
    return Object.hasOwn(this.choices.corrections, key) ? this.choices.corrections[key] : undefined;
  }

  private separatePeople(base: ListLine | Omit<ListLine, "status">, found: LineAddresses): ListLine[] {
    // The name of the line belongs to none of them; each person has the name beside the address.
    const { name: _, correction, ...shared } = base;
    const parts = [...found.addresses, ...found.invalid];
    return parts.map((part, index) => {
      const key = lineKey({ line: base.line, index });
      const own = this.correctionOf(key);
      const line = { ...shared, index, text: part.text, ...(own === undefined ? {} : { correction: own }) };
      if (own?.trim() === "") return { ...line, status: "skipped" };
      if (own !== undefined) {
        const { addresses, invalid } = findInTexts([own]);
        const [only, ...others] = addresses;
        if (!only) return { ...line, status: invalid[0]?.reason ?? "no-address" };
        if (others.length > 0)
          return { ...line, status: "two-addresses", choices: addresses.map(({ address }) => address) };
        return { ...line, ...this.checkAddress(only, true, undefined) };
      }
      if ("reason" in part) return { ...line, status: part.reason };
      return { ...line, ...this.checkAddress(part, correction !== undefined, undefined) };
    });
  }

  /** Returns the status of a line with one address; the name beside it counts if the line has no other. */
  private checkAddress(
    found: FoundAddress,
    isTyped: boolean,
    nameOfLine: string | undefined,
  ): Pick<ListLine, "status" | "address" | "name" | "choices"> {
    const name = nameOfLine ?? (found.name === null ? null : toPersonName(found.name));
    const named = name === null ? {} : { name };
    const isSure = isTyped || this.layout.encodingIsCertain || !hasOwnScript(found);
    return found.certain && isSure
      ? { ...named, status: "ready", address: found.address }
      : { ...named, status: "confirm", choices: [found.address] };
  }

  private columnsOf(record: LayoutRecord): ColumnsByUse {
    const section = record.section ?? this.layout;
    const known = this.columnsByUse.get(section);
    if (known) return known;
    const byUse = new Map<ColumnUse, number[]>();
    for (const { index, use } of section.columns) {
      const indexes = byUse.get(use);
      if (indexes) indexes.push(index);
      else byUse.set(use, [index]);
    }
    this.columnsByUse.set(section, byUse);
    return byUse;
  }

  private findInCells(record: LayoutRecord): LineAddresses {
    return findInTexts(this.addressCells(record));
  }

  /** Returns the cells that can have the addresses of the record. */
  addressCells(record: LayoutRecord): readonly string[] {
    const { cells, isComment } = record;
    // A line of one cell in a wider list, such as an address that was added by hand.
    if (isComment || (cells.length === 1 && this.layout.overflowStart > 1)) return cells;
    const { fallbackColumns } = record.section ?? this.layout;
    const texts = (this.columnsOf(record).get("address") ?? []).map((index) => cells[index] ?? "");
    const isBlank = texts.every((text) => text.trim() === "");
    return isBlank ? fallbackColumns.map((index) => cells[index] ?? "") : texts;
  }

  /**
   * Returns the addresses right of the header's last column if there is none in the columns of addresses: a
   * comma too many moved the cells of the line.
   */
  private findBesideHeader(record: LayoutRecord): string[] {
    const { cells, isComment, section = this.layout } = record;
    if (isComment || cells.length <= section.overflowStart) return [];
    if (this.findInCells(record).addresses.length > 0) return [];
    return findInTexts(cells.slice(section.overflowStart)).addresses.map(({ address }) => address);
  }

  private readPerson(record: LayoutRecord): LinePerson {
    const columns = this.columnsOf(record);
    const { familyNameFirst } = record.section ?? this.layout;
    const text = (use: ColumnUse) => {
      const [index = -1] = columns.get(use) ?? [];
      return (record.cells[index] ?? "").trim();
    };
    const name =
      toPersonName(text("name")) ??
      joinNames(toPersonName(text("first-name")), toPersonName(text("last-name")), familyNameFirst);
    return { ...(name ? { name } : {}), ...this.readAccess(text("role"), text("policy"), text("language")) };
  }

  private readAccess(role: string, policies: string, language: string): LineAccess {
    const key = `${role}\n${policies}\n${language}`;
    const known = this.accessByText.get(key);
    if (known) return known;
    const notes: LineNote[] = [];
    const access = {
      ...this.readRole(role, notes),
      ...this.readPolicies(policies, notes),
      ...this.readLanguage(language, notes),
      notes,
    };
    this.accessByText.set(key, access);
    return access;
  }

  private readRole(text: string, notes: LineNote[]): { role?: Role } {
    if (isPlaceholder(text)) return {};
    const role = findRole(text);
    if (role && this.context.roles.includes(role)) return { role };
    notes.push({ reason: role ? "role-above-you" : "unknown-role", text: shorten(text) });
    return {};
  }

  private readPolicies(text: string, notes: LineNote[]): { policies?: readonly string[] } {
    if (isPlaceholder(text)) return {};
    const { policies, unknown } = findPolicies(text, this.policies);
    if (policies.length === 0 && isNone(text)) return { policies: [] };
    for (const part of unknown) notes.push({ reason: "unknown-policy", text: shorten(part) });
    for (const { name, isGrantable } of policies)
      if (!isGrantable) notes.push({ reason: "policy-above-you", text: name });
    const granted = policies.filter(({ isGrantable }) => isGrantable).map(({ id }) => id);
    return granted.length > 0 ? { policies: granted } : {};
  }

  private readLanguage(text: string, notes: LineNote[]): { language?: Locale } {
    if (isPlaceholder(text)) return {};
    const language = findLanguage(text);
    if (language && this.context.languages.includes(language)) return { language };
    notes.push({ reason: "unknown-language", text: shorten(text) });
    return {};
  }
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Returns true if the domain was written in its own script, which depends on the encoding. */
function hasOwnScript({ address, text }: FoundAddress): boolean {
  const domain = address.slice(address.indexOf("@") + 1);
  return /(?:^|\.)xn--/.test(domain) && !text.toLowerCase().includes(domain);
}

/** The maximum number of characters searched for addresses per cell and line, so that hostile files are fast. */
const MAX_CELL_CHARS = 10_000;
const MAX_LINE_CHARS = 20_000;

/** Finds the addresses of all texts, each once, and what looks like a broken address. */
function findInTexts(texts: readonly string[]): LineAddresses {
  const addresses = new Map<string, FoundAddress>();
  const invalid: InvalidText[] = [];
  let total = 0;
  for (const text of texts) {
    if (!/[@＠﹫]/.test(text) || text.length > MAX_CELL_CHARS) continue;
    total += text.length;
    if (total > MAX_LINE_CHARS) break;
    const found = findAddresses(text);
    for (const entry of found.addresses) {
      const known = addresses.get(entry.address);
      // `+ann@x.io` may be another address than the `ann@x.io` beside it.
      const certain = entry.certain && (known?.certain ?? true);
      addresses.set(entry.address, { ...entry, name: known?.name ?? entry.name, certain });
    }
    // "@ann" and "ann@" are not broken addresses beside a good one.
    for (const part of found.invalid) if (part.reason !== "no-address") invalid.push(part);
  }
  return { addresses: [...addresses.values()], invalid };
}
