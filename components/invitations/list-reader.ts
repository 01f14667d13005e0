import type { ListAnswer, ListMessage, ListQuestion } from "@/components/invitations/list-worker";
import type { InvalidListReason } from "@/lib/invitations/list-file/decode";
import type { ListPreview, PreviewReader, PreviewRequest } from "@/lib/invitations/list-file/preview";
import type { ListChoices } from "@/lib/invitations/list-file/validate-lines";
import type { Result } from "@/lib/result/result";

export type PreviewResult = Result<ListPreview, InvalidListReason>;

/** A list that is read in a worker. `close` ends the worker; a later call starts it again. */
export type ListReader = {
  /** Returns the preview; null if it is no longer needed: a later request replaced this one, or the reader closed. */
  preview: (request: PreviewRequest) => Promise<PreviewResult | null>;
  /** Returns the list as CSV files of 100. */
  split: (choices: ListChoices) => Promise<string[]>;
  close: () => void;
};

/** Creates the reader of a list. If the worker cannot start or fails, the page itself reads the list. */
export function createListReader(source: Uint8Array | string): ListReader {
  let channel: WorkerChannel | undefined;
  let ownReader: Promise<PreviewReader> | undefined;
  const ask = async <T>(
    question: ListQuestion,
    readHere: (reader: PreviewReader) => Promise<T>,
  ): Promise<T | null> => {
    if (!ownReader) {
      channel ??= openChannel(source);
      const answer = await channel.ask(question);
      if (answer === "closed") return null;
      if (answer) return answer.value as T;
    }
    ownReader ??= import("@/lib/invitations/list-file/preview").then(({ createPreviewReader }) =>
      createPreviewReader(source),
    );
    return readHere(await ownReader);
  };
  return {
    preview: runLatest((request: PreviewRequest) =>
      ask<PreviewResult>({ kind: "preview", request }, (reader) => reader.preview(request)),
    ),
    split: async (choices) =>
      (await ask({ kind: "split", choices }, (reader) => reader.split(choices))) ?? [],
    close: () => {
      channel?.close();
      channel = undefined;
    },
  };
}

/** The worker's response; null if the worker failed. */
type ChannelAnswer = ListAnswer | "closed" | null;

type WorkerChannel = { ask: (question: ListQuestion) => Promise<ChannelAnswer>; close: () => void };

function openChannel(source: Uint8Array | string): WorkerChannel {
  const pending = new Map<number, (answer: ChannelAnswer) => void>();
  let worker = startWorker();
  let lastId = 0;
  const stop = (answer: ChannelAnswer) => {
    worker?.terminate();
    worker = null;
    for (const resolve of pending.values()) resolve(answer);
    pending.clear();
  };
  worker?.addEventListener("message", ({ data }: MessageEvent<ListAnswer>) => {
    if (!("value" in data)) return stop(null);
    pending.get(data.id)?.(data);
    pending.delete(data.id);
  });
  worker?.addEventListener("error", () => stop(null));
  worker?.addEventListener("messageerror", () => stop(null));
  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (!worker) return resolve(null);
        lastId += 1;
        pending.set(lastId, resolve);
        const message: ListMessage = { id: lastId, question, ...(lastId === 1 ? { source } : {}) };
        worker.postMessage(message);
      }),
    close: () => stop("closed"),
  };
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL("./list-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

/**
 * Runs one request at a time. Of those that come in between only the latest is run, so that typing queues up no
 * work; the others return null.
 */
function runLatest<Request, T>(
  run: (request: Request) => Promise<T>,
): (request: Request) => Promise<T | null> {
  let isRunning = false;
  let waiting: ((isLatest: boolean) => void) | undefined;
  return async (request) => {
    if (isRunning) {
      waiting?.(false);
      const isLatest = await new Promise<boolean>((resolve) => {
        waiting = resolve;
      });
      if (!isLatest) return null;
    }
    isRunning = true;
    try {
      return await run(request);
    } finally {
      if (waiting) waiting(true);
      else isRunning = false;
      waiting = undefined;
    }
  };
}
