/** A page made without the application: one heading, one sentence. For refusals and faults of the front. */
export function plainPage(title: string, sentence: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${inert(title)}</title></head><body><main><h1>${inert(title)}</h1><p>${inert(sentence)}</p></main></body></html>`;
}

function inert(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
