import {
  findLanguage,
  findPolicies,
  findRole,
  indexPolicies,
  isLocaleCode,
} from "@/lib/invitations/list-file/access-values";
import {
  type ColumnTitle,
  type ColumnUse,
  isFamilyNameFirst,
  LOGIN_RANK,
  recognizeTitle,
} from "@/lib/invitations/list-file/column-titles";
import { hasAtSign, isAddressLike, type ListRecord } from "@/lib/invitations/list-file/records";

/** A column of the file; `title` is empty without a header, and `hasValues` false if no person has a value. */
export type FileColumn = { index: number; title: string; use: ColumnUse; hasValues: boolean };

/** The uses of columns that a person chose, by index of the column; the others are recognized. */
export type ChosenColumns = Readonly<Record<number, ColumnUse>>;

/** A column with what its title and its values say. */
type ColumnFacts = {
  index: number;
  title: string;
  known: ColumnTitle;
  /** The numbers of people with a value, with what may be an address, and with an @ sign. */
  values: number;
  addresses: number;
  atSigns: number;
};

/** The columns of a list with one header. */
export type RecognizedColumns = {
  columns: FileColumn[];
  /** The columns that a line without any text in its address columns can have its address in. */
  fallbackColumns: number[];
  /** The columns to choose from once for the file, if several, or only unlikely ones, have addresses. */
  addressCandidates: number[];
  /** Cells from this index on are beside the header; a line with a comma too many has its address there. */
  overflowStart: number;
  /** True if the header is in a language in which the family name comes first. */
  familyNameFirst: boolean;
};

/** The number of people whose values decide the use of a column. */
const SAMPLE = 200;

/** More columns with addresses are one recipient list, not a choice between columns. */
const MAX_CANDIDATES = 6;

/**
 * Recognizes the use of each column (REQ-B9, REQ-B10): chosen, by its title, or by its values. Columns of equal
 * right with addresses are all address columns, and candidates for a choice.
 */
export function recognizeColumns(
  headerLines: readonly ListRecord[],
  people: readonly ListRecord[],
  chosen: ChosenColumns,
  policyNames: readonly string[],
): RecognizedColumns {
  const facts = collectFacts(headerLines, people);
  const uses = new Map<number, ColumnUse>();
  const addresses = chooseAddressColumns(facts, people);
  for (const index of addresses.columns) uses.set(index, "address");
  const rest = facts.filter(({ index }) => !uses.has(index));
  for (const [index, use] of chooseNames(rest, people, headerLines.length > 0)) uses.set(index, use);
  for (const [index, use] of chooseAccess(
    rest.filter(({ index }) => !uses.has(index)),
    people,
    policyNames,
  ))
    uses.set(index, use);
  applyChoices(uses, chosen);
  const isChosen = Object.values(chosen).includes("address");
  const isNamed = (use: ColumnUse | undefined) => use === "first-name" || use === "last-name";
  return {
    columns: facts.map(({ index, title, values }) => ({
      index,
      title,
      use: uses.get(index) ?? "unused",
      hasValues: values > 0,
    })),
    fallbackColumns: isChosen ? [] : facts.filter(({ known }) => known.isDisplayName).map(toIndex),
    addressCandidates: isChosen ? [] : addresses.candidates,
    overflowStart: Math.max(0, ...headerLines.map(({ cells }) => cells.length)) || Number.POSITIVE_INFINITY,
    familyNameFirst: facts.some(({ index, title }) => isNamed(uses.get(index)) && isFamilyNameFirst(title)),
  };
}

function collectFacts(headerLines: readonly ListRecord[], people: readonly ListRecord[]): ColumnFacts[] {
  const values: number[] = [];
  const addresses: number[] = [];
  const atSigns: number[] = [];
  for (const { cells } of people)
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? "";
      if (cell.trim() === "") continue;
      values[index] = (values[index] ?? 0) + 1;
      if (!hasAtSign(cell)) continue;
      atSigns[index] = (atSigns[index] ?? 0) + 1;
      if (isAddressLike(cell)) addresses[index] = (addresses[index] ?? 0) + 1;
    }
  const width = Math.max(values.length, ...headerLines.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) => {
    const titles = headerLines
      .map(({ cells }) => (cells[index] ?? "").trim())
      .filter((title) => title !== "");
    const recognized = titles.map((title) => ({ title, known: recognizeTitle(title) }));
    const { title, known } = recognized.find((entry) => entry.known.use !== null) ??
      recognized[0] ?? { title: "", known: recognizeTitle("") };
    return {
      index,
      title: title.slice(0, 200),
      known,
      values: values[index] ?? 0,
      addresses: addresses[index] ?? 0,
      atSigns: atSigns[index] ?? 0,
    };
  });
}

function chooseAddressColumns(
  facts: readonly ColumnFacts[],
  people: readonly ListRecord[],
): { columns: number[]; candidates: number[] } {
  const withAddresses = facts.filter(({ addresses }) => addresses > 0);
  const titled = facts.filter(({ known }) => known.use === "address");
  // Broken addresses count too: the addresses of another column are not the person's then.
  const likely = titled.filter(({ atSigns }) => atSigns > 0);
  const bestTitle = Math.min(...titled.map(({ known }) => known.rank));
  const best = Math.min(...likely.map(({ known }) => known.rank));
  if (titled.length > 0) {
    // The titled column is empty: its people have no address, unless another column is chosen.
    const isUnlikely = likely.length === 0 || (best >= LOGIN_RANK - 1 && bestTitle < best);
    if (isUnlikely)
      return {
        columns: titled.filter(({ known }) => known.rank === bestTitle).map(toIndex),
        candidates: withAddresses.filter(({ known }) => known.canHaveAddress).map(toIndex),
      };
    return withCandidates(likely.filter(({ known }) => known.rank === best).map(toIndex), people);
  }
  // By values: all columns with an @ sign, so that broken addresses are found too.
  const possible = facts.filter(({ atSigns, known }) => atSigns > 0 && known.canHaveAddress);
  if (possible.length === 0) return { columns: [], candidates: withAddresses.map(toIndex) };
  const candidates = possible.filter(({ addresses }) => addresses > 0).map(toIndex);
  return { ...withCandidates(candidates, people), columns: possible.map(toIndex) };
}

/** Columns are candidates for a choice if several lines have different addresses in them. */
function withCandidates(
  columns: number[],
  people: readonly ListRecord[],
): { columns: number[]; candidates: number[] } {
  if (columns.length < 2 || columns.length > MAX_CANDIDATES) return { columns, candidates: [] };
  let conflicts = 0;
  for (const { cells } of people) {
    const texts = columns.map((index) => (cells[index] ?? "").trim().toLowerCase()).filter(isAddressLike);
    if (new Set(texts).size > 1) conflicts += 1;
    if (conflicts > 1) return { columns, candidates: columns };
  }
  return { columns, candidates: [] };
}

function chooseNames(
  facts: readonly ColumnFacts[],
  people: readonly ListRecord[],
  hasHeader: boolean,
): [number, ColumnUse][] {
  if (!hasHeader) {
    const texts = facts.filter(({ values }) => values > 0);
    const [only] = texts;
    return only && texts.length === 1 && looksLikeNames(valuesOf(only, people)) ? [[only.index, "name"]] : [];
  }
  const name = pickTitled(facts, "name");
  const first = pickTitled(facts, "first-name");
  const last = pickTitled(facts, "last-name");
  // A vCard always has the full name, and its parts often only for some people.
  const isFuller = name && first && last && name.values > Math.max(first.values, last.values);
  if (first && last && !isFuller)
    return [
      [first.index, "first-name"],
      [last.index, "last-name"],
    ];
  const part = isFuller ? undefined : (first ?? last);
  if (!name) return part ? [[part.index, first ? "first-name" : "last-name"]] : [];
  // "Name; Vorname", "Nombre; Apellidos": the column is the other part, unless it has the full name.
  if (part && name.known.rank === 1 && !isContained(part, name, people))
    return [
      [part.index, first ? "first-name" : "last-name"],
      [name.index, first ? "last-name" : "first-name"],
    ];
  return [[name.index, "name"]];
}

function chooseAccess(
  facts: readonly ColumnFacts[],
  people: readonly ListRecord[],
  policyNames: readonly string[],
): [number, ColumnUse][] {
  const policies = indexPolicies(policyNames.map((name) => ({ id: name, name, isGrantable: true })));
  const untitled = facts.filter(({ known, values }) => known.use === null && values > 0);
  const byValues = (matches: (value: string) => boolean) =>
    untitled.find((column) => valuesOf(column, people).every(matches));
  // A column of job titles is often called "Role".
  const titledRole = facts.find(
    (column) =>
      column.known.use === "role" && valuesOf(column, people).some((value) => findRole(value) !== null),
  );
  const role = titledRole ?? byValues((value) => findRole(value) !== null);
  const policy =
    pickTitled(facts, "policy") ??
    (policies.size > 0 ? byValues((value) => findPolicies(value, policies).unknown.length === 0) : undefined);
  const language =
    pickTitled(facts, "language") ?? byValues((value) => isLocaleCode(value) && findLanguage(value) !== null);
  return [
    ...(language ? [[language.index, "language"] as [number, ColumnUse]] : []),
    ...(policy ? [[policy.index, "policy"] as [number, ColumnUse]] : []),
    ...(role ? [[role.index, "role"] as [number, ColumnUse]] : []),
  ];
}

/** Chosen uses replace recognized ones: each use but that of addresses has one column. */
function applyChoices(uses: Map<number, ColumnUse>, chosen: ChosenColumns): void {
  const choices = Object.entries(chosen).map(([index, use]) => [Number(index), use] as const);
  const replaced = new Set<ColumnUse>(choices.map(([, use]) => use));
  if (replaced.has("name")) for (const use of ["first-name", "last-name"] as const) replaced.add(use);
  if (replaced.has("first-name") || replaced.has("last-name")) replaced.add("name");
  for (const [index, use] of [...uses]) if (replaced.has(use)) uses.delete(index);
  for (const [index, use] of choices) uses.set(index, use);
}

/** Returns the column of this use with the most explicit title, one with values first. */
function pickTitled(facts: readonly ColumnFacts[], use: ColumnUse): ColumnFacts | undefined {
  const titled = facts.filter(({ known }) => known.use === use);
  const filled = titled.filter(({ values }) => values > 0);
  return (filled.length > 0 ? filled : titled).reduce<ColumnFacts | undefined>(
    (best, column) => (best && best.known.rank <= column.known.rank ? best : column),
    undefined,
  );
}

function valuesOf({ index }: ColumnFacts, people: readonly ListRecord[]): string[] {
  return people
    .slice(0, SAMPLE)
    .map(({ cells }) => (cells[index] ?? "").trim())
    .filter((value) => value !== "");
}

function isContained(part: ColumnFacts, whole: ColumnFacts, people: readonly ListRecord[]): boolean {
  const both = people
    .slice(0, SAMPLE)
    .map(({ cells }) => [cells[part.index]?.trim() ?? "", cells[whole.index]?.trim() ?? ""] as const)
    .filter(([partText, text]) => partText !== "" && text !== "");
  return (
    both.filter(([partText, text]) => text !== partText && text.includes(partText)).length * 2 > both.length
  );
}

const NAME_LIKE = /^\p{L}[\p{L}\p{M}.'’\s,-]{1,60}$/u;

/** Returns true for different texts of which most are several words, not departments or cities. */
function looksLikeNames(values: readonly string[]): boolean {
  const names = values.filter((value) => NAME_LIKE.test(value));
  const isFull = (value: string) =>
    /\s/.test(value) || /^[\p{Script=Han}\p{Script=Hangul}]{2,5}$/u.test(value);
  const share = (count: number) => count / values.length;
  return (
    share(names.length) > 0.9 &&
    share(names.filter(isFull).length) >= 0.5 &&
    share(new Set(values).size) >= 0.8
  );
}

function toIndex({ index }: ColumnFacts): number {
  return index;
}
