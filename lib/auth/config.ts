import { createHmac } from "node:crypto";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { endSession, openSession } from "@/lib/auth/session";
import { env } from "@/lib/kit/env";
import { sameSecret } from "@/lib/kit/secrets";

/** The session cookie's name; on https bound to this host and path by its prefix. */
export function sessionCookie(): string {
  return isHttps() ? "__Host-foyer-session" : "foyer-session";
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
    sessionToken: {
      name: sessionCookie(),
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() },
    },
  },
  providers: [
    Credentials({
      id: "handover",
      credentials: { ticket: {} },
      authorize: ({ ticket }) => {
        const accountId = readTicket(String(ticket));
        return accountId ? { id: accountId } : null;
      },
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      if (!user?.id) return token;
      const agent = (await headers()).get("user-agent") ?? "";
      return { sub: user.id, sessionId: await openSession(user.id, agent) };
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

/** Signs the browser of this request in as the account. Call it only after the account was proven. */
export async function signInAs(accountId: string): Promise<void> {
  await signIn("handover", { ticket: writeTicket(accountId, Date.now() + 60_000), redirect: false });
}

/** Ends the session of this request: row and cookie. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirect: false });
}

// A ticket never leaves the server: it crosses next-auth inside one request, and is worthless a minute later.
function writeTicket(accountId: string, until: number): string {
  return `${accountId}.${until}.${sealOf(`${accountId}.${until}`)}`;
}

function readTicket(ticket: string): string | null {
  const [accountId = "", until = "", seal = ""] = ticket.split(".");
  const genuine = sameSecret(seal, sealOf(`${accountId}.${until}`)) && Number(until) > Date.now();
  return genuine ? accountId : null;
}

function sealOf(text: string): string {
  return createHmac("sha256", env().secret).update(`handover\n${text}`).digest("base64url");
}
