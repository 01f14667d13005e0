import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { isHttps } from "@/lib/auth/config";
import { env } from "@/lib/kit/env";

/** Leaves a note to ourselves in this browser, which only we can read or write, for so many seconds. */
export async function keepSealed(name: string, note: object, seconds: number): Promise<void> {
  const sealed = await encode({ token: { note }, secret: env().secret, salt: nameOf(name), maxAge: seconds });
  (await cookies()).set(nameOf(name), sealed, { ...options(), maxAge: seconds });
}

/** Takes the note away and answers it; null: there is none, it is of somebody else's making, or its time is over. */
export async function takeSealed<Note extends object>(name: string): Promise<Note | null> {
  const jar = await cookies();
  const token = jar.get(nameOf(name))?.value;
  if (!token) return null;
  jar.set(nameOf(name), "", { ...options(), maxAge: 0 });
  const read = await decode({ token, secret: env().secret, salt: nameOf(name) }).catch(() => null);
  return (read?.note as Note | undefined) ?? null;
}

function nameOf(name: string): string {
  return `${isHttps() ? "__Host-" : ""}foyer-${name}`;
}

// Lax: a provider's answer comes from another site, as a page that is opened.
function options() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}
