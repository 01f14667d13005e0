import { type LinkLetterProps, linkTemplate, type Wording } from "./link-letter";

/** Carries a link to a new password (REQ-F5). */
export const passwordReset = linkTemplate(subject, wording);

function subject(): string {
  return "Choose a new password";
}

function wording({ address }: LinkLetterProps): Wording {
  return {
    title: "Choose a new password",
    button: "Choose a new password",
    why: `Somebody asked for a new password for the account of ${address}. If that was you, open the link and choose one. Wherever you are logged in now, you will be logged out.`,
    unasked:
      "If it was not you, leave this letter: your password stays as it is. Pass the link on to nobody.",
  };
}
