/** In the order of how rarely they stand in text that they do not separate. */
const DELIMITERS = ["\t", ";", ","];

/**
 * What separates the cells of a list: whatever most of its first lines have, outside quotes. Lines need not have the
 * same number of cells, and commas in the names of a list with semicolons change nothing.
 */
export function guessDelimiter(text: string): string {
  const sample = text
    .slice(0, 65_536)
    .replace(/"[^"]*"/g, "")
    .split("\n", 100);
  const linesWith = (delimiter: string) => sample.filter((line) => line.includes(delimiter)).length;
  const most = Math.max(...DELIMITERS.map(linesWith));
  return DELIMITERS.find((delimiter) => linesWith(delimiter) === most) ?? ",";
}
