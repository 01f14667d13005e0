import type { Locale } from "@/lib/i18n/locales";

/**
 * Returns a page with a heading and a sentence, rendered without Next.js, for refusals and errors of the
 * request guard.
 */
export function renderPlainPage(title: string, sentence: string, locale: Locale): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p></main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
