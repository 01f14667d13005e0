import { createHash } from "node:crypto";
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
  // Judged as it is compared: wide letters, or accents of their own, make no guess a good password.
  const compared = comparedAs(password);
  const length = [...compared].length;
  if (length < 8) return "password-short";
  if (length > 256) return "password-long";
  const plain = compared.toLowerCase();
  const guesses = own
    .map((text) => comparedAs(text).toLowerCase())
    .flatMap((text) => [text, text.split("@")[0] ?? ""]);
  const guessed = common.has(plain) || /^(.)\1+$/u.test(plain) || guesses.includes(plain);
  return guessed ? "password-common" : null;
}

/** One form, however a keyboard composes its letters. */
function comparedAs(password: string): string {
  return password.normalize("NFKC");
}

/** Argon2id with the library's parameters (19 MiB, 2 passes), about 30 ms. Always outside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return hash(comparedAs(password));
}

/** What tells one stored password from the next, and nothing about either: to ask later whether it is still the same. */
export function stampOf(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("hex");
}

// Of a password nobody has: an unknown address costs the same time as a wrong password.
let dummy: Promise<string> | undefined;

/** Does the password fit the account's hash? Without an account or password the same work is done, and the answer is no. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID());
  const fits = await verify(passwordHash ?? (await dummy), comparedAs(password));
  return fits && passwordHash !== null;
}
