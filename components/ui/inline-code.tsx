import type { ReactNode } from "react";

/** Renders an invitation code, address or token in a font that makes similar characters distinct. */
export function InlineCode({ children }: { children: ReactNode }) {
  return <code className="code">{children}</code>;
}
