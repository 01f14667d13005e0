import {
  createPreviewReader,
  type PreviewReader,
  type PreviewRequest,
} from "@/lib/invitations/list-file/preview";
import type { ListChoices } from "@/lib/invitations/list-file/validate-lines";

/** A request from the page to the worker. */
export type ListQuestion =
  | { kind: "preview"; request: PreviewRequest }
  | { kind: "split"; choices: ListChoices };

/** Only the first message contains the list. */
export type ListMessage = { id: number; question: ListQuestion; source?: Uint8Array | string };

/** `value` is missing if the worker failed. */
export type ListAnswer = { id: number; value?: unknown };

/** Reads and validates a list off the main thread, so that a file of 10 MB does not block the page. */
let reader: PreviewReader | undefined;

addEventListener("message", async ({ data: { id, question, source = "" } }: MessageEvent<ListMessage>) => {
  reader ??= createPreviewReader(source);
  const answer: ListAnswer = await answerQuestion(reader, question).then(
    (value) => ({ id, value }),
    () => ({ id }),
  );
  postMessage(answer);
});

function answerQuestion(from: PreviewReader, question: ListQuestion): Promise<unknown> {
  return question.kind === "split" ? from.split(question.choices) : from.preview(question.request);
}
