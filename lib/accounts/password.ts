import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";

/** Why a password is refused; worded in messages.ts. */
export type BadPassword = "password-short" | "password-long" | "password-common";

const common = new Set<string>(dictionary["passwords-common"].filter((word) => word.length >= 8));

/**
 * 8 to 256 characters, and none of the common ones (security, Links codes accept). Null: it may be used.
 * `own` are the person's name and address, which are the first guesses.
 */
export function badPassword(password: string, own: readonly string[]): BadPassword | null {
  const length = [...password].length;
  if (length < 8) return "password-short";
  if (length > 256) return "password-long";
  const plain = password.toLowerCase();
  const guesses = own.flatMap((text) => [text.toLowerCase(), text.toLowerCase().split("@")[0] ?? ""]);
  const guessed = common.has(plain) || /^(.)\1+$/u.test(plain) || guesses.includes(plain);
  return guessed ? "password-common" : null;
}

/** Argon2id with the library's parameters (19 MiB, 2 passes), about 30 ms. Always outside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"));
}

// Of a password nobody has: an unknown address costs the same time as a wrong password.
let dummy: Promise<string> | undefined;

/** Does the password fit the account's hash? Without an account or password the same work is done, and the answer is no. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID());
  const fits = await verify(passwordHash ?? (await dummy), password.normalize("NFKC"));
  return fits && passwordHash !== null;
}
