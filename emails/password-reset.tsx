import { LinkLetter, type LinkLetterProps, linkText, type Wording } from "./link-letter";
import type { Template } from "./template";

/** Carries a link to a new password (R F5). */
export const passwordReset: Template<LinkLetterProps> = {
  subject,
  Html,
  text: (props) => linkText(wording, props),
};

const wording: Wording = {
  title: "Choose a new password",
  button: "Choose a new password",
  why: ({ address }) =>
    `Somebody asked for a new password for the account of ${address}. If that was you, open the link and choose one. Wherever you are logged in now, you will be logged out.`,
  unasked: "If it was not you, leave this letter: your password stays as it is. Pass the link on to nobody.",
};

function subject(): string {
  return "Choose a new password";
}

function Html(props: LinkLetterProps) {
  return <LinkLetter {...props} wording={wording} />;
}
