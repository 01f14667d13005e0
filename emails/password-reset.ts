import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";

/** Sends the link to reset a password (REQ-F5). */
export const passwordReset = createLinkTemplate(subject, contentOf);

function subject(): string {
  return "Choose a new password";
}

function contentOf({ address }: LinkEmailProps): LinkEmailContent {
  return {
    title: "Choose a new password",
    button: "Choose a new password",
    explanation: `Someone asked to reset the password for ${address}. The new password logs you out everywhere else.`,
    notRequested: "Didn't ask for it? You can ignore this email; your password stays the same.",
  };
}
