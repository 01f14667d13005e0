/** The rarest in running text first. */
const DELIMITERS = ["\t", "|", ";", ","];

/** A trimmed cell that is an address, or that ends with one in angle brackets, and contains no other delimiter. */
const ADDRESS_CELL = /^(?:["']?[^\s"',;|<>@]+@[^\s"',;|<>@]+["']?|[^<>@|\t]*<[^\s,;|<>@]+@[^\s,;|<>@]+>)$/;

/** The maximum number of characters of a line that count, which bounds the time. */
const MAX_LINE_SAMPLE = 2_000;

/**
 * Returns the delimiter that isolates an address in most of the first 100 lines, and of several such delimiters the
 * one that most lines contain outside quotes. Lines can have different numbers of cells, and commas in names do not
 * matter in a list with semicolons.
 */
export function guessDelimiter(text: string): string {
  const sample = text.slice(0, 65_536);
  const lines = sample
    .replace(/"[^"]*"/g, (quoted) => (/^"[^\s"@,;|]+@[^\s"@,;|]+"$/.test(quoted) ? quoted : ""))
    .split("\n", 100)
    .map((line) => line.slice(0, MAX_LINE_SAMPLE));
  let best = { delimiter: ",", addresses: -1, lines: -1 };
  for (const delimiter of DELIMITERS) {
    const linesWith = lines.filter((line) => line.includes(delimiter)).length;
    const addresses = linesWith === 0 ? 0 : lines.filter((line) => hasAddressCell(line, delimiter)).length;
    if (addresses > best.addresses || (addresses === best.addresses && linesWith > best.lines))
      best = { delimiter, addresses, lines: linesWith };
  }
  return best.delimiter;
}

function hasAddressCell(line: string, delimiter: string): boolean {
  return (
    line.includes("@") &&
    line.split(delimiter).some((cell) => cell.includes("@") && ADDRESS_CELL.test(cell.trim()))
  );
}
