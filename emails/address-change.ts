import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toSingleLine } from "./safe-text";
import type { EmailReader } from "./template";

/** `address` is the recipient: either the current address of the account, `from`, or the new one, `to`. */
export type AddressChangeProps = LinkEmailProps & { from: string; to: string };

/** Asks each of the two addresses to confirm an address change of an account (REQ-F5). */
export const addressChange = createLinkTemplate<AddressChangeProps>(subject, contentOf);

function subject({ address, from }: AddressChangeProps, { t }: EmailReader): string {
  return t(address === from ? "emails.addressChange.old.title" : "emails.addressChange.new.title");
}

function contentOf({ address, from, to }: AddressChangeProps): LinkEmailContent {
  const values = { from: toSingleLine(from), to: toSingleLine(to) };
  const common = {
    preview: "emails.addressChange.preview",
    button: "emails.addressChange.button",
    openLink: "emails.addressChange.openLink",
  } as const;
  return address === from
    ? {
        ...common,
        title: { key: "emails.addressChange.old.title" },
        explanation: [{ key: "emails.addressChange.old.explanation", values }],
        notRequested: "emails.addressChange.old.notRequested",
      }
    : {
        ...common,
        title: { key: "emails.addressChange.new.title" },
        explanation: [{ key: "emails.addressChange.new.explanation", values }],
        notRequested: "emails.addressChange.new.notRequested",
      };
}
