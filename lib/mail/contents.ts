import { render } from "react-email";
import type { Contact } from "@/emails/help";
import { env } from "@/lib/config/env";
import { wordsOf } from "@/lib/mail/kinds";
import type { Facts } from "@/lib/mail/open-letters";

/** A letter in words, with places where its secrets go. */
export type Contents = { from: string; replyTo: string | null; subject: string; html: string; text: string };

/** While no provider is set nothing is mailed, but a letter still says who it would be from. */
const NOBODY = "Foyer <foyer@localhost>";

/**
 * Writes letters. Those of one batch often say the same but for their secrets: each wording is rendered once. Throws
 * when a row that the letter is about is missing.
 */
export function writer(): (facts: Facts) => Promise<Contents> {
  const rendered = new Map<string, Promise<string>>();
  return async (facts) => {
    const from = env().from ?? NOBODY;
    const { supportAddress: support = null, replyTo = null } = facts.organization ?? {};
    const answersTo = replyTo ?? support;
    const { subject, text, wording, element } = wordsOf(facts, {
      sender: from.match(/<([^>]+)>/)?.[1] ?? from,
      support,
      answered: answersTo !== null,
    } satisfies Contact);
    const html = rendered.get(wording) ?? render(element());
    rendered.set(wording, html);
    return { from, replyTo: answersTo, subject, html: await html, text };
  };
}
