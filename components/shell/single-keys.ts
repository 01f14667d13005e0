const KEY = "foyer-single-keys";

/** Are single keys on in this browser? They are, until somebody switches them off. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    // A browser that keeps nothing keeps no refusal either.
    return true;
  }
}

/** Remembers the choice in this browser; one that keeps nothing forgets it with the page. */
export function switchSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // Nothing to mend: private windows may refuse.
  }
}
