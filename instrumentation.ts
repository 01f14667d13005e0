/** Faults of pages go to the log with the digest that the person was shown. Everything else starts in scripts/serve.ts. */
export async function onRequestError(
  error: unknown,
  request: { path: string; method: string },
): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log, pathForLog } = await import("@/lib/log/log");
  const digest = (error as { digest?: string }).digest;
  log.error({ err: error, bug: digest, method: request.method, path: pathForLog(request.path) }, "a bug");
}
