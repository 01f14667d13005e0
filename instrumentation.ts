/**
 * Logs errors of pages with the digest that the user is shown. Everything else is started by
 * scripts/serve.ts.
 */
export async function onRequestError(
  error: unknown,
  request: { path: string; method: string },
): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log, redactPath } = await import("@/lib/log/log");
  const digest = (error as { digest?: string }).digest;
  log.error(
    { err: error, bug: digest, method: request.method, path: redactPath(request.path) },
    "unexpected error",
  );
}
