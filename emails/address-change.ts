import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";

/** `address` is the recipient: either the current address of the account, `from`, or the new one, `to`. */
export type AddressChangeProps = LinkEmailProps & { from: string; to: string };

/** Asks each of the two addresses to confirm an address change of an account (REQ-F5). */
export const addressChange = createLinkTemplate<AddressChangeProps>(subject, contentOf);

function subject(): string {
  return "Change the address of your account";
}

function contentOf({ address, from, to }: AddressChangeProps): LinkEmailContent {
  const confirm = "Confirm if it was you. It changes once both addresses have confirmed.";
  return {
    title: "Change the address",
    button: "Agree to the change",
    ...(address === from
      ? {
          explanation: `Someone logged in to your account asked to change its address from ${from} to ${to}. ${confirm}`,
          notRequested:
            "If it was not you, press nothing: without this mailbox the address stays as it is. Then choose a new password under Your account, which ends the change.",
        }
      : {
          explanation: `Someone logged in to the account of ${from} asked to change its address to ${to}. ${confirm}`,
          notRequested: "Not you? You can ignore this email.",
        }),
  };
}
