import type { ReactNode } from "react";

export type BadgeTone = "info" | "ok" | "warn" | "bad" | "quiet";

/** Renders a status label, with an optional icon before it (an expiry ring, or an icon of 16 px). */
export function Badge({
  tone = "quiet",
  icon,
  children,
}: {
  tone?: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={`badge tone-${tone}`}>
      {icon}
      {children}
    </span>
  );
}
