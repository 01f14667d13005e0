import type { ReactElement } from "react";
import type { Translation } from "@/lib/i18n/messages";

/** Whom an email is written for: the language, and the time zone of its times. */
export type EmailReader = Translation & { timeZone: string };

/** The template of an email: subject, HTML and text from the same plain props, in the reader's language. */
export type Template<Props> = {
  subject: (props: Props, reader: EmailReader) => string;
  html: (props: Props, reader: EmailReader) => ReactElement;
  text: (props: Props, reader: EmailReader) => string;
};
