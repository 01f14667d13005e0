import type { ReactElement } from "react";

/** The template of an email: subject, HTML and text from the same plain props. */
export type Template<Props> = {
  subject: (props: Props) => string;
  html: (props: Props) => ReactElement;
  text: (props: Props) => string;
};
