import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { isHttps } from "@/lib/auth/config";
import { cookieSettings } from "@/lib/auth/cookies";
import { env } from "@/lib/config/env";

/** Sets a cookie with an encrypted value, which expires after the given number of seconds. */
export async function setEncryptedCookie(name: string, value: object, seconds: number): Promise<void> {
  const cookie = settingsOf(name);
  const encrypted = await encode({
    token: { note: value },
    secret: env().secret,
    salt: cookie.name,
    maxAge: seconds,
  });
  (await cookies()).set(cookie.name, encrypted, { ...cookie.options, maxAge: seconds });
}

/** Deletes an encrypted cookie and returns its value; null if it is missing, expired or not encrypted by us. */
export async function consumeEncryptedCookie<Value extends object>(name: string): Promise<Value | null> {
  const [cookieStore, cookie] = [await cookies(), settingsOf(name)];
  const token = cookieStore.get(cookie.name)?.value;
  if (!token) return null;
  cookieStore.set(cookie.name, "", { ...cookie.options, maxAge: 0 });
  const decoded = await decode({ token, secret: env().secret, salt: cookie.name }).catch(() => null);
  return (decoded?.note as Value | undefined) ?? null;
}

function settingsOf(name: string) {
  return cookieSettings(name, isHttps());
}
