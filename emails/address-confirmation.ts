import { type LinkLetterProps, linkTemplate, type Wording } from "./link-letter";
import { inert, oneLine } from "./names";

/** Asks whoever opens the mailbox to confirm that an account may carry its address (REQ-D9). */
export const addressConfirmation = linkTemplate(subject, wording);

function subject({ organization }: LinkLetterProps): string {
  return organization ? `Confirm your address for ${oneLine(organization)}` : "Confirm your address";
}

function wording({ address, organization }: LinkLetterProps): Wording {
  const account = `An account was made with ${address}`;
  return {
    title: "Confirm your address",
    button: "Confirm your address",
    why: organization
      ? `${account} in ${inert(organization)}. Confirm that this mailbox is yours, and the account has its full rights there.`
      : `${account}. Confirm that this mailbox is yours.`,
    unasked: "If you made no account, leave this letter: without you the address stays unconfirmed.",
  };
}
