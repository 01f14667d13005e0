import type { ReactElement } from "react";

/** A letter: three shapes of the same plain props. */
export type Template<Props> = {
  subject: (props: Props) => string;
  html: (props: Props) => ReactElement;
  text: (props: Props) => string;
};
