import type { ComponentType } from "react";

/** A letter: three shapes of the same plain props. */
export type Template<Props> = {
  subject: (props: Props) => string;
  Html: ComponentType<Props>;
  text: (props: Props) => string;
};
