import { LinkLetter, type LinkLetterProps, linkText, type Wording } from "./link-letter";
import { inert, oneLine } from "./names";
import type { Template } from "./template";

/** Asks whoever opens the mailbox to confirm that an account may carry its address (R D9). */
export const addressConfirmation: Template<LinkLetterProps> = {
  subject,
  Html,
  text: (props) => linkText(wording, props),
};

const wording: Wording = {
  title: "Confirm your address",
  button: "Confirm your address",
  why: ({ address, organization }) => {
    const account = `An account was made with ${address}`;
    return organization
      ? `${account} in ${inert(organization)}. Confirm that this mailbox is yours, and the account has its full rights there.`
      : `${account}. Confirm that this mailbox is yours.`;
  },
  unasked: "If you made no account, leave this letter: without you the address stays unconfirmed.",
};

function subject({ organization }: LinkLetterProps): string {
  return organization ? `Confirm your address for ${oneLine(organization)}` : "Confirm your address";
}

function Html(props: LinkLetterProps) {
  return <LinkLetter {...props} wording={wording} />;
}
