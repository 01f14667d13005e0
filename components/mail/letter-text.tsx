/** The text part of a letter. Its own links can be followed: the frame with the HTML lets nothing through. */
export function LetterText({ text, origin }: { text: string; origin: string }) {
  const pieces = [...text.matchAll(/https?:\/\/\S+|(?:(?!https?:\/\/).)+/gs)];
  return (
    <pre className="rounded-[10px] border border-line bg-surface p-4 font-mono wrap-anywhere whitespace-pre-wrap">
      {pieces.map(({ 0: piece, index }) =>
        piece.startsWith(`${origin}/`) ? (
          <a key={index} className="underline" href={piece}>
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </pre>
  );
}
