/** The rarest in running text first. */
const DELIMITERS = ["\t", ";", ","];

/**
 * Returns the delimiter that most of the first 100 lines contain outside quotes. Lines can have different
 * numbers of cells, and commas in names do not matter in a list with semicolons.
 */
export function guessDelimiter(text: string): string {
  const sample = text
    .slice(0, 65_536)
    .replace(/"[^"]*"/g, "")
    .split("\n", 100);
  const linesWith = (delimiter: string) => sample.filter((line) => line.includes(delimiter)).length;
  const highest = Math.max(...DELIMITERS.map(linesWith));
  return DELIMITERS.find((delimiter) => linesWith(delimiter) === highest) ?? ",";
}
