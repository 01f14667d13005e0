import { printLine } from "./progress.mjs";

/** Signals within this time (ms) count as one: the terminal sends one, and npm forwards its own. */
const DUPLICATE_SIGNAL_MS = 700;

/**
 * Shuts the process down at Ctrl-C, SIGTERM or when the terminal is closed: calls `stop` first; a second
 * signal calls `force` and exits immediately. Returns a function that tells whether the shutdown has started,
 * after which errors are expected.
 */
export function onShutdown(stop: () => Promise<void>, force: () => void): () => boolean {
  let firstSignalAt = 0;
  const handleSignal = async () => {
    if (firstSignalAt > 0) {
      if (Date.now() - firstSignalAt < DUPLICATE_SIGNAL_MS) return;
      force();
      process.exit(130);
    }
    firstSignalAt = Date.now();
    printLine("\n  Stopping…");
    try {
      await stop();
      printLine("  Stopped.");
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, handleSignal);
  return () => firstSignalAt > 0;
}
