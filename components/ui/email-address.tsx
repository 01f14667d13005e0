import { Fragment } from "react";

/** Renders an email address that wraps before its @ or after a dot instead of inside a word. */
export function EmailAddress({ children }: { children: string }) {
  return [...children.matchAll(/@?[^@.]*[.]|@?[^@.]+|@/g)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}
