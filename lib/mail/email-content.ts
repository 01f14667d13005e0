import { render } from "react-email";
import type { Contact } from "@/emails/help";
import { env } from "@/lib/config/env";
import type { EmailContext } from "@/lib/mail/queued-emails";
import { fillTemplate } from "@/lib/mail/templates";

/** The rendered content of an email, with placeholders for its secrets. */
export type EmailContent = {
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
};

/** The sender shown in the mailbox while email isn't set up. */
const PLACEHOLDER_SENDER = "Foyer <foyer@localhost>";

/**
 * Returns a function that renders emails. The emails of a batch often differ only in their secrets, so equal HTML is
 * rendered once. The function throws if a row that the email needs is missing.
 */
export function createContentRenderer(): (context: EmailContext) => Promise<EmailContent> {
  const rendered = new Map<string, Promise<string>>();
  return async (context) => {
    const from = env().from ?? PLACEHOLDER_SENDER;
    const { supportAddress: support = null, replyTo = null } = context.organization ?? {};
    const replyAddress = replyTo ?? support;
    const { subject, text, cacheKey, toElement } = fillTemplate(context, {
      sender: from.match(/<([^>]+)>/)?.[1] ?? from,
      support,
      acceptsReplies: replyAddress !== null,
    } satisfies Contact);
    const html = rendered.get(cacheKey) ?? render(toElement());
    rendered.set(cacheKey, html);
    return { from, replyTo: replyAddress, subject, html: await html, text };
  };
}
