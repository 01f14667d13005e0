import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { getInstallations } from "./installations";
import type { AcceptedEmail } from "./stand-in/emails";

/** An email as its recipient sees it. */
export type ReceivedEmail = { subject: string; text: string; html: string };

/** Waits for an email to `address` in the operator's mailbox page and returns the newest one. */
export async function findEmailInMailbox(operator: Page, address: string): Promise<ReceivedEmail> {
  await operator.goto(`/mailbox/${await waitForRenderedEmail(address)}`);
  const html = await operator.request.get(`${operator.url()}/html`);
  return {
    subject: (await operator.getByRole("heading", { level: 1 }).textContent()) ?? "",
    text: (await operator.locator("pre").textContent()) ?? "",
    html: await html.text(),
  };
}

/** Waits until the newest email to `address` is rendered and returns its id, which is part of its URL in the mailbox. */
async function waitForRenderedEmail(address: string): Promise<string> {
  const client = new pg.Client(getInstallations().mailbox.databaseUrl);
  await client.connect();
  try {
    let id: string | undefined;
    const findRendered = async () => {
      const { rows } = await client.query<{ id: string; rendered: boolean }>(
        `SELECT id, payload IS NOT NULL AS rendered FROM email_message WHERE to_address = $1
         ORDER BY created_at DESC, id DESC LIMIT 1`,
        [address],
      );
      id = rows[0]?.id;
      return rows[0]?.rendered;
    };
    await expect.poll(findRendered, { timeout: 20_000, intervals: [50] }).toBe(true);
    return id ?? "";
  } finally {
    await client.end();
  }
}

/** Waits until the stand-in of the provider has accepted an email to `address` and returns the newest one. */
export async function findEmailAtProvider(address: string): Promise<ReceivedEmail> {
  const { standIn } = getInstallations().provider;
  const accepted = async () => {
    const response = await fetch(`${standIn}/control/emails?to=${encodeURIComponent(address)}`);
    return (await response.json()) as AcceptedEmail[];
  };
  await expect
    .poll(async () => (await accepted()).length, { timeout: 20_000, intervals: [50] })
    .toBeGreaterThan(0);
  const { subject, text = "", html = "" } = (await accepted()).at(-1) ?? { subject: "" };
  return { subject, text, html };
}

/** Returns the first URL in the email's text whose path starts with `path`; throws if there is none. */
export function extractLink({ text }: ReceivedEmail, path = "/join/"): string {
  const link = text.match(/https?:\/\/\S+/g)?.find((url) => new URL(url).pathname.startsWith(path));
  if (!link) throw new Error(`The email has no link below ${path}:\n${text}`);
  return link;
}
