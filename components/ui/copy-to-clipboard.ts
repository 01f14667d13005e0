/**
 * Copies text to the clipboard that must be fetched first. Safari allows writing only during the click, so
 * the pending text is passed as a promise where possible. Without clipboard access (plain http) it returns
 * the text with `copied: false`, to be copied manually. Rejects if fetching does.
 */
export async function copyToClipboard(
  fetchText: () => Promise<string>,
): Promise<{ copied: boolean; text: string }> {
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
