import { expect, type Page } from "@playwright/test";
import { installations } from "./installations";
import type { Accepted } from "./stand-in/provider";

/** A letter as it reached its mailbox. */
export type Letter = { subject: string; text: string; html: string };

/** The newest letter to an address, read by the operator in the mailbox page; waits until it was written. */
export async function letterInMailbox(operator: Page, address: string): Promise<Letter> {
  const link = operator.getByRole("link", { name: address, exact: true }).first();
  await expect(async () => {
    await operator.goto("/mailbox");
    await link.click({ timeout: 2_000 });
    await expect(operator.getByRole("heading", { name: "Text version" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  const html = await operator.request.get(`${operator.url()}/html`);
  return {
    subject: (await operator.getByRole("heading", { level: 1 }).textContent()) ?? "",
    text: (await operator.locator("pre").textContent()) ?? "",
    html: await html.text(),
  };
}

/** The newest letter to an address that the provider's stand-in has taken; waits until it was sent. */
export async function letterAtProvider(address: string): Promise<Letter> {
  const { standIn } = installations().provider;
  const taken = async () => {
    const answer = await fetch(`${standIn}/control/letters?to=${encodeURIComponent(address)}`);
    return (await answer.json()) as Accepted[];
  };
  await expect.poll(async () => (await taken()).length, { timeout: 20_000 }).toBeGreaterThan(0);
  const { subject, text = "", html = "" } = (await taken()).at(-1) ?? { subject: "" };
  return { subject, text, html };
}

/** The address of this site that a letter leads to, as its reader finds it in the text: the first below `path`. */
export function linkIn({ text }: Letter, path = "/join/"): string {
  const link = text.match(/https?:\/\/\S+/g)?.find((address) => new URL(address).pathname.startsWith(path));
  if (!link) throw new Error(`The letter leads nowhere below ${path}:\n${text}`);
  return link;
}
