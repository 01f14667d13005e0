import type { ReactNode } from "react";

/** An invitation code, an address, a token: letters that must not be mistaken for each other. */
export function Code({ children }: { children: ReactNode }) {
  return <code className="code">{children}</code>;
}
