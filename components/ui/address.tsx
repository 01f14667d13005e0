import { Fragment } from "react";

/** An address that has no room in one line breaks before its @ or after a dot, rather than in the middle of a word. */
export function Address({ children }: { children: string }) {
  return [...children.matchAll(/@?[^@.]*[.]|@?[^@.]+|@/g)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}
