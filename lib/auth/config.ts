import { createHmac } from "node:crypto";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { ownCookie } from "@/lib/auth/cookies";
import { endSession, openByPassword, openSession } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { sameSecret } from "@/lib/crypto/codes";

/** The session cookie's name; on https bound to this host and path by its prefix. */
export function sessionCookie(): string {
  return ownCookie("session", isHttps()).name;
}

/** Is the site reached over https? */
export function isHttps(): boolean {
  return env().origin.startsWith("https:");
}

/**
 * next-auth keeps the cookie; who may sign in is decided by our own commands, which then hand over the account with
 * a ticket. The token carries the id of a session row of ours, so that the row can end it (decision 0004).
 */
export const { signIn, signOut } = NextAuth(() => ({
  secret: env().secret,
  trustHost: true,
  basePath: "/api/auth",
  pages: { signIn: "/login", error: "/login" },
  session: { strategy: "jwt", maxAge: 7 * 24 * 60 * 60 },
  useSecureCookies: isHttps(),
  cookies: {
    sessionToken: ownCookie("session", isHttps()),
    // Nobody reads it, but next-auth sets one at each sign-in.
    callbackUrl: ownCookie("callback-url", isHttps()),
  },
  providers: [
    Credentials({
      id: "handover",
      credentials: { ticket: {} },
      authorize: ({ ticket }) => readTicket(String(ticket)),
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      if (!user?.id) return token;
      const agent = (await headers()).get("user-agent") ?? "";
      const { stamp } = user as Proven;
      const sessionId = await (stamp ? openByPassword(user.id, agent, stamp) : openSession(user.id, agent));
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

/** Whom a ticket is about; with a stamp, by which password. */
type Proven = { id: string; stamp?: string | undefined };

/** Signs the browser of this request in as the account. Call it only after the account was proven. */
export async function signInAs(accountId: string, stamp = ""): Promise<void> {
  const ticket = writeTicket([accountId, stamp, String(Date.now() + 60_000)]);
  await signIn("handover", { ticket, redirect: false });
}

/** Ends the session of this request: row and cookie. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirect: false });
}

// A ticket never leaves the server: it crosses next-auth inside one request, and is worthless a minute later.
function writeTicket(said: readonly [accountId: string, stamp: string, until: string]): string {
  return [...said, sealOf(said.join("."))].join(".");
}

function readTicket(ticket: string): Proven | null {
  const [id = "", stamp = "", until = "", seal = ""] = ticket.split(".");
  const genuine = sameSecret(seal, sealOf(`${id}.${stamp}.${until}`)) && Number(until) > Date.now();
  return genuine ? { id, stamp } : null;
}

function sealOf(text: string): string {
  return createHmac("sha256", env().secret).update(`handover\n${text}`).digest("base64url");
}
