const STORAGE_KEY = "foyer-single-keys";

/** Returns whether single-key shortcuts are enabled in this browser. They are by default. */
export function areSingleKeyShortcutsEnabled(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    // Without storage the default applies.
    return true;
  }
}

/** Stores the choice in this browser. Without storage it is lost with the page. */
export function setSingleKeyShortcuts(enabled: boolean): void {
  try {
    if (enabled) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, "off");
  } catch {
    // Private windows may deny storage.
  }
}
