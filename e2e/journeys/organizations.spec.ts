import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { createTestOrganization, someone } from "../organization";
import { owner as operator, sessionOf } from "../owner";
import { openInvite, row } from "../screens";

async function invite(page: Page, address: string): Promise<void> {
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(address);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(row(page, address)).toBeVisible();
}

test("F4 somebody in two organizations chooses, switches, and each tab acts on the one in its address", async ({
  page,
  org,
  look,
}) => {
  const south = await createTestOrganization("mailbox");
  await south.welcome(org.owner, "admin");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
  await expect(page.getByRole("link", { name: org.name })).toContainText("Owner");
  await expect(page.getByRole("link", { name: south.name })).toContainText("Admin");
  await look(page, "the chooser");
  await page.getByRole("link", { name: org.name }).click();
  await expect(page).toHaveURL(org.users);

  const tab = await page.context().newPage();
  await tab.goto(org.users);
  await tab.getByRole("button", { name: "Switch organization" }).click();
  await expect(tab.getByRole("link", { name: `${org.name} Owner` })).toHaveAttribute("aria-current", "true");
  await look(tab, "the switcher");
  await tab.getByRole("link", { name: `${south.name} Admin` }).click();
  await expect(tab).toHaveURL(south.users);

  // The other tab stays where it was, and each invites into its own.
  const [northern, southern] = [someone("north"), someone("south")];
  await invite(tab, southern);
  await invite(page, northern);
  const places = await org.sql<{ email: string; slug: string }>(
    "SELECT m.email, o.slug FROM member m JOIN organization o ON o.id = m.organization_id WHERE m.email = ANY($1)",
    [[northern, southern]],
  );
  expect(new Set(places)).toEqual(
    new Set([
      { email: northern, slug: org.slug },
      { email: southern, slug: south.slug },
    ]),
  );
  await south.close();
});

test("A4 who leaves one organization goes on in the other, and the last Owner is told why they stay", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const south = await createTestOrganization("mailbox");
  const kim = await org.seat("Kim", "member");
  await south.welcome(kim, "member");
  const person = await visitor();
  await org.signIn(person.context(), kim);
  await person.goto(`/o/${org.slug}`);
  await expect(person.getByRole("link", { name: "Switch organization" })).toBeVisible();
  await person.getByRole("button", { name: "Leave organization" }).click();
  await person
    .getByRole("alertdialog", { name: `Leave ${org.name}?` })
    .getByRole("button", { name: "Leave organization" })
    .click();
  await expect(person).toHaveURL(`/o/${south.slug}`);
  await expect(person.getByRole("heading", { name: `You are in ${south.name}` })).toBeVisible();
  await expect(person.getByRole("link", { name: "Switch organization" })).toBeHidden();
  expect((await person.goto(`/o/${org.slug}`))?.status()).toBe(404);

  await page.goto(`/o/${org.slug}`);
  const stays = page.getByRole("button", { name: "Leave organization" });
  await expect(stays).toHaveAttribute("aria-disabled", "true");
  await expect(stays).toHaveAttribute("title", /last Owner|only Owner/i);
  await look(page, "the last Owner");
  await south.close();
});

test("F4 the operator makes an organization and is its Owner; nobody else finds the page", async ({
  page,
  org,
  visitor,
  look,
}) => {
  expect((await page.goto("/organizations/new"))?.status()).toBe(404);
  const run = await visitor({ storageState: sessionOf("mailbox") });
  await run.goto(`/o/${operator.slug}/admin/users`);
  await run.getByRole("button", { name: "Switch organization" }).click();
  await run.getByRole("link", { name: "Make an organization" }).click();
  await run.getByRole("textbox", { name: "Organization" }).fill("Café Süd & Co.");
  const slug = run.getByLabel("Its address");
  await expect(slug).toHaveValue("cafe-sud-co");
  await slug.fill(org.slug);
  await run.getByRole("button", { name: "Make organization" }).click();
  await expect(run.getByText("Another organization has this address already.")).toBeVisible();
  await expect(run.getByRole("textbox", { name: "Organization" })).toHaveValue("Café Süd & Co.");
  await look(run, "an address that is taken");
  const free = `made-${org.slug}`;
  await slug.fill(free);
  // A session that ends meanwhile is called one, and what was typed stays.
  const cookies = await run.context().cookies();
  await run.context().clearCookies();
  await run.getByRole("button", { name: "Make organization" }).click();
  await expect(run.getByText("Your session has ended.")).toBeVisible();
  await expect(slug).toHaveValue(free);
  await run.context().addCookies(cookies);
  await run.getByRole("button", { name: "Make organization" }).click();
  await expect(run).toHaveURL(`/o/${free}/admin/users`);
  await expect(row(run, operator.email)).toContainText("Owner");
  // Other journeys find the operator where they always were.
  await org.sql("DELETE FROM organization WHERE slug = $1", [free]);
});
