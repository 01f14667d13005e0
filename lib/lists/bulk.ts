import type { MessageKey, Translation } from "@/lib/i18n/messages";
import { type Messages, type Result, translateRefusal } from "@/lib/result/result";

/**
 * The maximum number of people per transaction; a bulk action sends batches until every person has a result.
 */
export const BATCH_SIZE = 100;

/**
 * The result for one item of a bulk command: every person gets their own (REQ-C9). `member` is undefined and
 * `email` empty where no row was found.
 */
export type ItemResult<T, Reason extends string> = {
  id: string;
  member?: string | undefined;
  email: string;
  result: Result<T, Reason>;
};

/** Returns the result of the only item of a bulk command that ran for one. Throws if there is none. */
export function unwrapSingle<T, Reason extends string, Whole extends string>(
  results: Result<ItemResult<T, Reason>[], Whole>,
): Result<T, Reason | Whole> {
  if (!results.ok) return results;
  const [item] = results.value;
  if (!item) throw new Error("the bulk command returned no result");
  return item.result;
}

/**
 * An item's result as sent to the browser: `outcome` is "done" or the reason of the refusal, `message` its
 * message.
 */
export type BulkItemResult = {
  id: string;
  member?: string;
  email: string;
  outcome: string;
  message?: string;
};

/**
 * The results of one batch. `next` is where the next batch of all matching rows starts; null after the last
 * batch.
 */
export type BulkBatch = { results: BulkItemResult[]; next: string | null };

/** Returns the results as sent to the browser, with the message of each refusal. */
export function serializeResults<T, Reason extends string>(
  translation: Translation,
  items: readonly ItemResult<T, Reason>[],
  messages: Messages<Reason>,
): BulkItemResult[] {
  return items.map(({ id, member, email, result }) =>
    result.ok
      ? { id, email, outcome: "done" }
      : {
          id,
          ...(member ? { member } : {}),
          email,
          outcome: result.reason,
          message: translateRefusal(translation, messages, result),
        },
  );
}

/** The number of items per outcome. */
export type ResultCounts = Readonly<Record<string, number>>;

/** Returns the counts with these results added. */
export function addToCounts(counts: ResultCounts, results: readonly BulkItemResult[]): ResultCounts {
  const sums: Record<string, number> = { ...counts };
  for (const { outcome } of results) sums[outcome] = (sums[outcome] ?? 0) + 1;
  return sums;
}

/** The message of each outcome with its `{count}`, in the order of the summary, "done" first. */
export type SummaryMessages = Readonly<Record<string, MessageKey>>;

/** Returns a summary such as "12 resent, 3 at the limit". */
export function summarizeCounts(
  { t, locale }: Translation,
  counts: ResultCounts,
  messages: SummaryMessages,
): string {
  const parts = Object.entries(messages).flatMap(([outcome, key]) => {
    const count = counts[outcome] ?? 0;
    return count > 0 ? t(key, { count }) : [];
  });
  if (parts.length === 0) return t("admin.table.nothingToDo");
  return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
}

/** What a bulk action applies to: the selected rows, all matching ones, or all matching ones, too many to count. */
export type BulkScope = { scope: "selected" | "matching" | "uncounted"; count: number };

/** The target of a batch: up to 100 ids, or the query of the matching rows with the cursor of the batch. */
export type BulkTarget = { ids: string[] } | { query: string };
