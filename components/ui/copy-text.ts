/**
 * Puts text that must first be fetched on the clipboard. Safari only lets the press itself write, so the pending text
 * is handed over as a promise where that is possible. Without a clipboard (plain http) the text comes back, to be
 * copied by hand. Rejects when fetching does.
 */
export async function copyText(fetchText: () => Promise<string>): Promise<{ copied: boolean; text: string }> {
  const pending = fetchText();
  if (!navigator.clipboard) return { copied: false, text: await pending };
  try {
    if (typeof ClipboardItem === "undefined" || !navigator.clipboard.write) throw new TypeError("no items");
    const blob = pending.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return { copied: true, text: await pending };
  } catch {
    const text = await pending;
    try {
      await navigator.clipboard.writeText(text);
      return { copied: true, text };
    } catch {
      return { copied: false, text };
    }
  }
}
