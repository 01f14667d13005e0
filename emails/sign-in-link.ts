import { type LinkLetterProps, linkTemplate, type Wording } from "./link-letter";
import { inert, oneLine } from "./names";

/** Carries a link that logs in once (REQ-F5). */
export const signInLink = linkTemplate(subject, wording);

function subject({ organization }: LinkLetterProps): string {
  return organization ? `Log in to ${oneLine(organization)}` : "Log in to Foyer";
}

function wording({ address, organization }: LinkLetterProps): Wording {
  return {
    title: "Log in without a password",
    button: "Log in",
    why: `Somebody asked for a link to log in to ${organization ? inert(organization) : "Foyer"} as ${address}. If that was you, open it and press the button there.`,
    unasked: "If it was not you, leave this letter: nobody gets in without it. Pass the link on to nobody.",
  };
}
