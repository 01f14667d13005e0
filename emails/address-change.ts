import { type LinkLetterProps, linkTemplate, type Wording } from "./link-letter";

/** `address` is the mailbox it goes to: the one the account has, `from`, or the one it is to have, `to`. */
export type AddressChangeProps = LinkLetterProps & { from: string; to: string };

/** Asks both mailboxes whether the address of an account may change (REQ-F5). */
export const addressChange = linkTemplate<AddressChangeProps>(subject, wording);

function subject(): string {
  return "Change the address of your account";
}

function wording({ address, from, to }: AddressChangeProps): Wording {
  const asked = "Somebody who is logged in to";
  const press = "If that was you, open the link and press the button there. The other mailbox is asked too.";
  return {
    title: "Change the address",
    button: "Agree to the change",
    ...(address === from
      ? {
          why: `${asked} your account asked to change its address from ${from} to ${to}. ${press}`,
          unasked:
            "If it was not you, press nothing: without this mailbox the address stays as it is. Then choose a new password under Your account, which ends the change.",
        }
      : {
          why: `${asked} the account of ${from} asked to change its address to ${to}. ${press}`,
          unasked: "If it was not you, leave this letter: without this mailbox nothing happens.",
        }),
  };
}
