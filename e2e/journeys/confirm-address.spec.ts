import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { findRow, statusBadge } from "../locators";
import { createE2EOrganization, type E2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

/** Joins as Admin with a copied link, which proves no mailbox, and ends on the organization's page. */
async function joinByCopiedLink(org: E2EOrganization, page: Page, guest: string): Promise<void> {
  await page.goto(await org.copyInvitation(await org.invite(guest, "admin"), "link"));
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
}

test("D9 joining with a copied link leaves the address unconfirmed and the access of a Member, until confirmed by email", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  const guestPage = await visitor();
  await joinByCopiedLink(org, guestPage, guest);
  await expect(guestPage.getByText("Address not confirmed")).toBeVisible();
  await expect(
    guestPage.getByText("Your role is Member.").or(guestPage.getByText("Until then you have Member access")),
  ).toBeVisible();
  await snapshot(guestPage, "address not confirmed");
  expect((await guestPage.goto(org.usersPath))?.status()).toBe(403);
  await expect(guestPage.getByText("You don't have permission to view users.")).toBeVisible();

  await page.goto(org.usersPath);
  await expect(statusBadge(page, guest)).toHaveText("Active");
  await expect(findRow(page, guest)).toContainText("Address not confirmed");
  await snapshot(page, "with an unconfirmed address");

  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, guest);
  await guestPage.goto(extractLink(email, "/confirm/"));
  await expect(guestPage.getByText("Confirm that this is your email address.")).toBeVisible();
  await snapshot(guestPage, "in the account's own session");
  await guestPage.getByRole("button", { name: "Confirm email address" }).click();
  // Home leads an Admin to the Users page.
  await expect(guestPage).toHaveURL(org.usersPath);
  await expect(guestPage.getByRole("button", { name: "New Invitation" })).toBeVisible();
  await page.reload();
  await expect(findRow(page, guest)).not.toContainText("Address not confirmed");
});

test("D9 confirming in another browser requires a new password and ends the old session and password", async ({
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  // Another person got the link and joined with it before the address's owner.
  const otherPage = await visitor();
  await joinByCopiedLink(org, otherPage, guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const link = extractLink(await findEmailInMailbox(operator, guest), "/confirm/");

  const owner = await visitor();
  await owner.goto(link);
  await expect(owner.getByText("Set a new password to make it yours")).toBeVisible();
  await snapshot(owner, "outside the account's session");
  const newPassword = "a bridge of seven arches";
  await owner.getByLabel("New password").fill("short");
  await owner.getByRole("button", { name: "Confirm email address" }).click();
  await expect(owner.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await owner.getByLabel("New password").fill(newPassword);
  await owner.getByRole("button", { name: "Confirm email address" }).click();
  await expect(owner).toHaveURL(org.usersPath);

  await otherPage.goto(`/o/${org.slug}`);
  await expect(otherPage).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await otherPage.getByLabel("Email").fill(guest);
  await otherPage.getByLabel("Password").fill(testPassword);
  await otherPage.getByRole("button", { name: "Log in" }).click();
  await expect(otherPage.getByText("Incorrect email or password.")).toBeVisible();
  // The link works once.
  await otherPage.goto(link);
  await expect(otherPage.getByText("This link has expired or was already used.")).toBeVisible();
  await expect(otherPage.getByRole("link", { name: "Go to your account" })).toBeVisible();
});

test("D9 an Owner confirms the address for a user, who gets their full access", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  const guestPage = await visitor();
  await joinByCopiedLink(org, guestPage, guest);
  await page.goto(org.usersPath);
  await page.getByRole("button", { name: "Confirm for them: Gil Guest" }).click();
  await expect(page.getByText(`${guest} confirmed`)).toBeVisible();
  await expect(findRow(page, guest)).not.toContainText("Address not confirmed");
  await guestPage.goto(org.usersPath);
  await expect(guestPage.getByRole("button", { name: "New Invitation" })).toBeVisible();
});

test("D9 the emailed link confirms the address; an unconfirmed account cannot join a second organization with a copied link", async ({
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  const guestPage = await visitor();
  await joinByCopiedLink(org, guestPage, guest);
  const elsewhere = await createE2EOrganization("mailbox");
  const link = await elsewhere.copyInvitation(await elsewhere.invite(guest), "link");
  await guestPage.goto(link);
  await guestPage.getByRole("button", { name: "Join your organization" }).click();
  await expect(guestPage.getByText("Confirm your address first")).toBeVisible();

  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  await guestPage.goto(extractLink(await findEmailInMailbox(operator, guest)));
  await guestPage.getByRole("button", { name: "Join your organization" }).click();
  await expect(guestPage.getByRole("heading", { name: `Welcome to ${elsewhere.name}` })).toBeVisible();
  await expect(guestPage.getByText("Address not confirmed")).toBeHidden();
  await elsewhere.close();
});
