import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, openInviteDialog } from "../locators";
import { createE2EOrganization, uniqueAddress } from "../organization";
import { firstOwner as operator, ownerSessionFile } from "../owner";

async function inviteAddress(page: Page, address: string): Promise<void> {
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(address);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(findRow(page, address)).toBeVisible();
}

test("F4 a member of two organizations chooses one and switches, and each tab acts on the organization in its URL", async ({
  page,
  org,
  snapshot,
}) => {
  const south = await createE2EOrganization("mailbox");
  await south.addMembership(org.owner, "admin");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
  await expect(page.getByRole("link", { name: org.name })).toContainText("Owner");
  await expect(page.getByRole("link", { name: south.name })).toContainText("Admin");
  await snapshot(page, "the chooser");
  await page.getByRole("link", { name: org.name }).click();
  await expect(page).toHaveURL(org.usersPath);

  const tab = await page.context().newPage();
  await tab.goto(org.usersPath);
  await tab.getByRole("button", { name: "Switch organization" }).click();
  await expect(tab.getByRole("link", { name: `${org.name} Owner` })).toHaveAttribute("aria-current", "true");
  await snapshot(tab, "the switcher");
  await tab.getByRole("link", { name: `${south.name} Admin` }).click();
  await expect(tab).toHaveURL(south.usersPath);

  // The other tab stays in its organization, and each tab invites into its own.
  const [northAddress, southAddress] = [uniqueAddress("north"), uniqueAddress("south")];
  await inviteAddress(tab, southAddress);
  await inviteAddress(page, northAddress);
  const members = await org.sql<{ email: string; slug: string }>(
    "SELECT m.email, o.slug FROM member m JOIN organization o ON o.id = m.organization_id WHERE m.email = ANY($1)",
    [[northAddress, southAddress]],
  );
  expect(new Set(members)).toEqual(
    new Set([
      { email: northAddress, slug: org.slug },
      { email: southAddress, slug: south.slug },
    ]),
  );
  await south.close();
});

test("A4 a user who leaves one organization continues in the other, and the last Owner sees why they cannot leave", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const south = await createE2EOrganization("mailbox");
  const kim = await org.addMember("Kim", "member");
  await south.addMembership(kim, "member");
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
  await expect(person.getByRole("heading", { name: `Welcome to ${south.name}` })).toBeVisible();
  await expect(person.getByRole("link", { name: "Switch organization" })).toBeHidden();
  expect((await person.goto(`/o/${org.slug}`))?.status()).toBe(404);

  await page.goto(`/o/${org.slug}`);
  const leaveButton = page.getByRole("button", { name: "Leave organization" });
  await expect(leaveButton).toHaveAttribute("aria-disabled", "true");
  await expect(leaveButton).toHaveAttribute("title", /last Owner|only Owner/i);
  await snapshot(page, "the last Owner");
  await south.close();
});

test("F4 the operator creates an organization and is its Owner; no other user finds the page", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  expect((await page.goto("/organizations/new"))?.status()).toBe(404);
  const operatorPage = await visitor({ storageState: ownerSessionFile("mailbox") });
  await operatorPage.goto(`/o/${operator.slug}/admin/users`);
  await operatorPage.getByRole("button", { name: "Switch organization" }).click();
  await operatorPage.getByRole("link", { name: "Create organization" }).click();
  await operatorPage.getByRole("textbox", { name: "Organization name" }).fill("Café Süd & Co.");
  const slug = operatorPage.getByLabel("URL", { exact: true });
  await expect(slug).toHaveValue("cafe-sud-co");
  await slug.fill(org.slug);
  await operatorPage.getByRole("button", { name: "Create organization" }).click();
  await expect(operatorPage.getByText("This URL is taken.")).toBeVisible();
  await expect(operatorPage.getByRole("textbox", { name: "Organization name" })).toHaveValue(
    "Café Süd & Co.",
  );
  await snapshot(operatorPage, "a taken URL");
  const newSlug = `made-${org.slug}`;
  await slug.fill(newSlug);
  // When the session ends, the form says so and keeps the input.
  const cookies = await operatorPage.context().cookies();
  await operatorPage.context().clearCookies();
  await operatorPage.getByRole("button", { name: "Create organization" }).click();
  await expect(operatorPage.getByText("Your session has ended.")).toBeVisible();
  await expect(slug).toHaveValue(newSlug);
  await operatorPage.context().addCookies(cookies);
  await operatorPage.getByRole("button", { name: "Create organization" }).click();
  await expect(operatorPage).toHaveURL(`/o/${newSlug}/admin/users`);
  await expect(findRow(operatorPage, operator.email)).toContainText("Owner");
  // Other journeys expect the operator to have one organization.
  await org.sql("DELETE FROM organization WHERE slug = $1", [newSlug]);
});
