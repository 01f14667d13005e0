import { render } from "react-email";
import type { Contact } from "@/emails/help";
import { env } from "@/lib/config/env";
import type { EmailContext } from "@/lib/mail/queued-emails";
import { type FilledTemplate, fillTemplate } from "@/lib/mail/templates";

/** The rendered content of an email, with placeholders for its secrets. */
export type EmailContent = {
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

/** The sender shown in the mailbox while email isn't set up. */
const PLACEHOLDER_SENDER = "Foyer <foyer@localhost>";

/**
 * Returns a function that renders emails. The emails of a batch often differ only in their secrets, so equal content is
 * rendered once. The function throws if a row that the email needs is missing.
 */
export function createContentRenderer(): (context: EmailContext) => Promise<EmailContent> {
  const rendered = new Map<string, ReturnType<typeof renderTemplate>>();
  return async (context) => {
    const from = env().from ?? PLACEHOLDER_SENDER;
    const { supportAddress: support = null, replyTo = null } = context.organization ?? {};
    const replyAddress = replyTo ?? support;
    const template = fillTemplate(context, {
      sender: from.match(/<([^>]+)>/)?.[1] ?? from,
      support,
      replyTo: replyAddress,
    } satisfies Contact);
    const content = rendered.get(template.cacheKey) ?? renderTemplate(template);
    rendered.set(template.cacheKey, content);
    // Auto-Submitted prevents replies by vacation responders (RFC 3834).
    const headers = { "Content-Language": context.locale, "Auto-Submitted": "auto-generated" };
    return { from, replyTo: replyAddress, ...(await content), headers };
  };
}

async function renderTemplate({ write }: FilledTemplate) {
  const { subject, text, element } = write();
  return { subject, html: await render(element), text };
}
