import { createHmac } from "node:crypto";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cookieSettings } from "@/lib/auth/cookies";
import { createPasswordSession, createSession, endSession } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { constantTimeEqual } from "@/lib/crypto/codes";

/** Returns the name of the session cookie, which on https has the `__Host-` prefix. */
export function sessionCookieName(): string {
  return cookieSettings("session", isHttps()).name;
}

/** True if the site is served over https. */
export function isHttps(): boolean {
  return env().origin.startsWith("https:");
}

/**
 * next-auth only manages the cookie. Our commands authenticate the account and pass it on with a signed ticket. The token
 * carries the id of a session row, so deleting the row ends the session (decision 0004).
 */
export const { signIn, signOut } = NextAuth(() => ({
  secret: env().secret,
  trustHost: true,
  basePath: "/api/auth",
  pages: { signIn: "/login", error: "/login" },
  session: { strategy: "jwt", maxAge: 7 * 24 * 60 * 60 },
  useSecureCookies: isHttps(),
  cookies: {
    sessionToken: cookieSettings("session", isHttps()),
    // Unused, but next-auth sets it at each sign-in.
    callbackUrl: cookieSettings("callback-url", isHttps()),
  },
  providers: [
    Credentials({
      id: "handover",
      credentials: { ticket: {} },
      authorize: ({ ticket }) => verifyTicket(String(ticket)),
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      if (!user?.id) return token;
      const userAgent = (await headers()).get("user-agent") ?? "";
      const { stamp } = user as TicketUser;
      const sessionId = await (stamp
        ? createPasswordSession(user.id, userAgent, stamp)
        : createSession(user.id, userAgent));
      return sessionId ? { sub: user.id, sessionId } : null;
    },
  },
  events: {
    async signOut(message) {
      if ("token" in message && typeof message.token?.sessionId === "string")
        await endSession(message.token.sessionId);
    },
  },
  logger: { error: () => {}, warn: () => {} },
}));

/** The account of a ticket. `stamp` is the `stampOf` the password that was verified, if one was. */
type TicketUser = { id: string; stamp?: string | undefined };

/** Creates a session and its cookie. Call it only for an account that was just authenticated. */
export async function startSession(accountId: string, stamp = ""): Promise<void> {
  const ticket = createTicket([accountId, stamp, String(Date.now() + 60_000)]);
  await signIn("handover", { ticket, redirect: false });
}

/** Ends the session of this request: deletes its row and its cookie. */
export async function endCurrentSession(): Promise<void> {
  await signOut({ redirect: false });
}

// A ticket never leaves the server: it passes through next-auth within one request and expires after a minute.
function createTicket(claims: readonly [accountId: string, stamp: string, until: string]): string {
  return [...claims, signatureOf(claims.join("."))].join(".");
}

function verifyTicket(ticket: string): TicketUser | null {
  const [id = "", stamp = "", expiresAt = "", signature = ""] = ticket.split(".");
  const isValid =
    constantTimeEqual(signature, signatureOf(`${id}.${stamp}.${expiresAt}`)) &&
    Number(expiresAt) > Date.now();
  return isValid ? { id, stamp } : null;
}

function signatureOf(text: string): string {
  return createHmac("sha256", env().secret).update(`handover\n${text}`).digest("base64url");
}
