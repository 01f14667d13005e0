/**
 * Returns true if the typed text is the name, which confirms a permanent deletion (REQ-G4). Leading, trailing
 * and repeated white space and the Unicode composition of accents are ignored; case is not.
 */
export function matchesTypedName(typed: string, name: string): boolean {
  return normalizeText(typed) === normalizeText(name);
}

function normalizeText(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
