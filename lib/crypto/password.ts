import { createHash } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";

/** The reason why a password is refused. */
export type PasswordProblem = "password-short" | "password-long" | "password-common";

const COMMON_PASSWORDS = new Set<string>(dictionary["passwords-common"].filter((word) => word.length >= 8));

/**
 * Returns why a password is refused, or null: it needs 8 to 256 characters and must not be a common one
 * (S-PASS-1). `personal` has the user's name and address, which are guessed first.
 */
export function findPasswordProblem(password: string, personal: readonly string[]): PasswordProblem | null {
  // Check the normalized form: full-width characters or combining accents do not make a common password safe.
  const normalized = normalizePassword(password);
  const length = [...normalized].length;
  if (length < 8) return "password-short";
  if (length > 256) return "password-long";
  const lowerCase = normalized.toLowerCase();
  const guesses = personal
    .map((text) => normalizePassword(text).toLowerCase())
    .flatMap((text) => [text, text.split("@")[0] ?? ""]);
  const isGuessable =
    COMMON_PASSWORDS.has(lowerCase) || /^(.)\1+$/u.test(lowerCase) || guesses.includes(lowerCase);
  return isGuessable ? "password-common" : null;
}

/** Returns one form, independent of how the keyboard composes characters. */
function normalizePassword(password: string): string {
  return password.normalize("NFKC");
}

/**
 * Hashes with Argon2id and the library's defaults (19 MiB, 2 passes), about 30 ms. Call it outside of
 * transactions.
 */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password));
}

/** Returns a fingerprint of a password hash, to check later whether the password has changed. */
export function fingerprintPassword(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("hex");
}

// The hash of an unknown password: an unknown address takes as long as a wrong password.
let dummy: Promise<string> | undefined;

/** Returns true if the password matches the hash. Without a hash it does the same work and returns false. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await dummy), normalizePassword(password));
  return matches && passwordHash !== null;
}
