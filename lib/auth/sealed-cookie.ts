import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { isHttps } from "@/lib/auth/config";
import { ownCookie } from "@/lib/auth/cookies";
import { env } from "@/lib/config/env";

/** Leaves a note to ourselves in this browser, which only we can read or write, for so many seconds. */
export async function keepSealed(name: string, note: object, seconds: number): Promise<void> {
  const cookie = cookieOf(name);
  const sealed = await encode({ token: { note }, secret: env().secret, salt: cookie.name, maxAge: seconds });
  (await cookies()).set(cookie.name, sealed, { ...cookie.options, maxAge: seconds });
}

/** Takes the note away and answers it; null: there is none, it is of somebody else's making, or its time is over. */
export async function takeSealed<Note extends object>(name: string): Promise<Note | null> {
  const [jar, cookie] = [await cookies(), cookieOf(name)];
  const token = jar.get(cookie.name)?.value;
  if (!token) return null;
  jar.set(cookie.name, "", { ...cookie.options, maxAge: 0 });
  const read = await decode({ token, secret: env().secret, salt: cookie.name }).catch(() => null);
  return (read?.note as Note | undefined) ?? null;
}

function cookieOf(name: string) {
  return ownCookie(name, isHttps());
}
