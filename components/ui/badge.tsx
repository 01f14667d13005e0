import type { ReactNode } from "react";

export type BadgeTone = "info" | "ok" | "warn" | "bad" | "quiet";

/** A status word, with a mark before it where it has one (an expiry ring, an icon of 16 px). */
export function Badge({
  tone = "quiet",
  mark,
  children,
}: {
  tone?: BadgeTone;
  mark?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={`badge tone-${tone}`}>
      {mark}
      {children}
    </span>
  );
}
