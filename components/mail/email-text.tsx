/** The text version of an email. Links to `origin` are clickable here, unlike in the sandboxed frame with the HTML. */
export function EmailText({ text, origin }: { text: string; origin: string }) {
  const parts = [...text.matchAll(/https?:\/\/\S+|(?:(?!https?:\/\/).)+/gs)];
  return (
    <pre className="rounded-[10px] border border-line bg-surface p-4 font-mono wrap-anywhere whitespace-pre-wrap">
      {parts.map(({ 0: part, index }) =>
        part.startsWith(`${origin}/`) ? (
          <a key={index} className="underline" href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
