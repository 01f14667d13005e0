import { decode } from "next-auth/jwt";

/** The cache is cleared when it has this many entries. */
const MAX_CACHED = 1_000;
const cache = new Map<string, string>();

/**
 * Returns the session id in a session cookie, or null if the cookie is not valid. Decrypting takes longer than reading the
 * session, so results are cached. That is safe because the session row is checked at every request (decision 0004).
 */
export async function decodeSessionId(
  cookie: string,
  encryption: { secret: string; salt: string },
): Promise<string | null> {
  const cached = cache.get(cookie);
  if (cached) return cached;
  const token = await decode({ token: cookie, ...encryption }).catch(() => null);
  if (typeof token?.sessionId !== "string") return null;
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(cookie, token.sessionId);
  return token.sessionId;
}
