import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toInertText, toSingleLine } from "./safe-text";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";

/** Sends a link that logs in once (REQ-F5). */
export const signInLink = createLinkTemplate(subject, contentOf);

function subject({ organization }: LinkEmailProps, reader: EmailReader): string {
  return organization
    ? createSubject(reader, "emails.signInLink.subjectInOrganization", { organization })
    : reader.t("emails.signInLink.subject");
}

function contentOf(props: LinkEmailProps): LinkEmailContent {
  const address = toSingleLine(props.address);
  const common = {
    preview: "emails.signInLink.preview",
    button: "emails.signInLink.button",
    openLink: "emails.signInLink.openLink",
    notRequested: "emails.signInLink.notRequested",
  } as const;
  if (!props.organization)
    return {
      ...common,
      title: { key: "emails.signInLink.title" },
      explanation: [{ key: "emails.signInLink.explanation", values: { address } }],
    };
  const organization = toInertText(props.organization);
  return {
    ...common,
    title: { key: "emails.signInLink.titleInOrganization", values: { organization } },
    explanation: [{ key: "emails.signInLink.explanationInOrganization", values: { organization, address } }],
  };
}
