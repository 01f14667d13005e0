import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toInertText, toSingleLine } from "./safe-text";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";

/** Asks the owner of an address to confirm the account that was created with it (REQ-D9). */
export const addressConfirmation = createLinkTemplate(subject, contentOf);

function subject({ organization }: LinkEmailProps, reader: EmailReader): string {
  return organization
    ? createSubject(reader, "emails.addressConfirmation.subjectInOrganization", { organization })
    : reader.t("emails.addressConfirmation.subject");
}

function contentOf({ address, organization }: LinkEmailProps): LinkEmailContent {
  return {
    preview: "emails.addressConfirmation.preview",
    title: { key: "emails.addressConfirmation.title" },
    explanation: [
      { key: "emails.addressConfirmation.created", values: { address: toSingleLine(address) } },
      organization
        ? {
            key: "emails.addressConfirmation.explanationInOrganization",
            values: { organization: toInertText(organization) },
          }
        : { key: "emails.addressConfirmation.explanation" },
    ],
    button: "emails.addressConfirmation.button",
    openLink: "emails.addressConfirmation.openLink",
    notRequested: "emails.addressConfirmation.notRequested",
  };
}
