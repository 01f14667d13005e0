import { say } from "./steps.mjs";

/** Signals closer together than this are one wish: a terminal signals us, and npm passes its own on. */
const ONE_WISH = 700;

/**
 * Ends the process at Ctrl-C, SIGTERM and a closed terminal: first by `stop`, cleanly; a second Ctrl-C does not wait for that.
 * Answers a question: has that begun? What fails from then on is no fault.
 */
export function onStop(stop: () => Promise<void>, force: () => void): () => boolean {
  let first = 0;
  const end = async () => {
    if (first > 0) {
      if (Date.now() - first < ONE_WISH) return;
      force();
      process.exit(130);
    }
    first = Date.now();
    say("\n  Stopping …");
    try {
      await stop();
      say("  Stopped.");
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  return () => first > 0;
}
