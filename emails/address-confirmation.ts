import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toInertText, toSingleLine } from "./safe-text";

/** Asks the owner of an address to confirm the account that was created with it (REQ-D9). */
export const addressConfirmation = createLinkTemplate(subject, contentOf);

function subject({ organization }: LinkEmailProps): string {
  return organization ? `Confirm your address for ${toSingleLine(organization)}` : "Confirm your address";
}

function contentOf({ address, organization }: LinkEmailProps): LinkEmailContent {
  const account = `An account was made with ${address}`;
  return {
    title: "Confirm your address",
    button: "Confirm your address",
    explanation: organization
      ? `${account} in ${toInertText(organization)}. Confirm that this mailbox is yours, and the account has its full rights there.`
      : `${account}. Confirm that this mailbox is yours.`,
    notRequested: "Didn't sign up? You can ignore this email.",
  };
}
