/**
 * Was this name typed, to show that it is meant (REQ-G4)? Blanks at the ends and around words do not count, nor how a letter
 * with an accent was put together; small and capital letters do.
 */
export function isTyped(typed: string, name: string): boolean {
  return plain(typed) === plain(name);
}

function plain(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
