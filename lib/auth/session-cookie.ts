import { decode } from "next-auth/jwt";

/** As many are remembered; then it begins anew. */
const MOST = 1_000;
const opened = new Map<string, string>();

/**
 * The id of the session that a cookie carries; null: it is none of ours. Opening one takes longer than reading its session,
 * so what it carried is remembered. Whether the session lives, and for how long, its row says at every request (decision
 * 0004).
 */
export async function sessionIn(
  cookie: string,
  sealedBy: { secret: string; salt: string },
): Promise<string | null> {
  const known = opened.get(cookie);
  if (known) return known;
  const token = await decode({ token: cookie, ...sealedBy }).catch(() => null);
  if (typeof token?.sessionId !== "string") return null;
  if (opened.size >= MOST) opened.clear();
  opened.set(cookie, token.sessionId);
  return token.sessionId;
}
