import { LinkLetter, type LinkLetterProps, linkText, type Wording } from "./link-letter";
import { inert, oneLine } from "./names";
import type { Template } from "./template";

/** Carries a link that logs in once (R F5). */
export const signInLink: Template<LinkLetterProps> = {
  subject,
  Html,
  text: (props) => linkText(wording, props),
};

const wording: Wording = {
  title: "Log in without a password",
  button: "Log in",
  why: ({ address, organization }) =>
    `Somebody asked for a link to log in to ${organization ? inert(organization) : "Foyer"} as ${address}. If that was you, open it and press the button there.`,
  unasked: "If it was not you, leave this letter: nobody gets in without it. Pass the link on to nobody.",
};

function subject({ organization }: LinkLetterProps): string {
  return organization ? `Log in to ${oneLine(organization)}` : "Log in to Foyer";
}

function Html(props: LinkLetterProps) {
  return <LinkLetter {...props} wording={wording} />;
}
