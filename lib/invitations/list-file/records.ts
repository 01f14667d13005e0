/** The number of people that one list can invite (REQ-B4). */
export const MAX_RECORDS = 100;

/** One record of a list; `line` is the line of the file that it starts on, counted from 1. */
export type ListRecord = { line: number; cells: string[] };

/** The header and the records below it, without blank lines and repeated headers (REQ-B4). */
export type ParsedList = { header: ListRecord | null; records: ListRecord[] };
