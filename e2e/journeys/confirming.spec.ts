import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { createTestOrganization, password, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";
import { badge, row } from "../screens";

/** Joins as Admin by a link that was copied, which proves no mailbox; answers the page where the person lands. */
async function joinByCopiedLink(org: TestOrganization, page: Page, guest: string): Promise<void> {
  await page.goto(await org.copy(await org.invite(guest, "admin"), "link"));
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
}

test("D9 joining by a copied link leaves the address unconfirmed and Member's rights, until the letter's press", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  const person = await visitor();
  await joinByCopiedLink(org, person, guest);
  await expect(person.getByText("Address not confirmed")).toBeVisible();
  await expect(
    person.getByText("Your role is Member.").or(person.getByText("you have the rights of a Member")),
  ).toBeVisible();
  await look(person, "address not confirmed");
  expect((await person.goto(org.users))?.status()).toBe(403);
  await expect(person.getByText("You need the permission users:read for this.")).toBeVisible();

  await page.goto(org.users);
  await expect(badge(page, guest)).toHaveText("Active");
  await expect(row(page, guest)).toContainText("Address not confirmed");
  await look(page, "with an unconfirmed address");

  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, guest);
  await person.goto(linkIn(letter, "/confirm/"));
  await expect(person.getByText("Press the button to confirm that this mailbox is yours.")).toBeVisible();
  await look(person, "in the own session");
  await person.getByRole("button", { name: "Confirm your address" }).click();
  // An Admin now, so the start leads to the people they manage.
  await expect(person).toHaveURL(org.users);
  await expect(person.getByRole("button", { name: "New Invitation" })).toBeVisible();
  await page.reload();
  await expect(row(page, guest)).not.toContainText("Address not confirmed");
});

test("D9 confirming in another browser asks for a new password, and ends the old session and password", async ({
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  // Somebody else got hold of the link, and sits in the account before its person comes.
  const occupier = await visitor();
  await joinByCopiedLink(org, occupier, guest);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const link = linkIn(await letterInMailbox(operator, guest), "/confirm/");

  const owner = await visitor();
  await owner.goto(link);
  await expect(owner.getByText("Confirm it with a new password")).toBeVisible();
  await look(owner, "outside of the session");
  const renewed = "a bridge of seven arches";
  await owner.getByLabel("New password").fill("short");
  await owner.getByRole("button", { name: "Confirm your address" }).click();
  await expect(owner.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await owner.getByLabel("New password").fill(renewed);
  await owner.getByRole("button", { name: "Confirm your address" }).click();
  await expect(owner).toHaveURL(org.users);

  await occupier.goto(`/o/${org.slug}`);
  await expect(occupier).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await occupier.getByLabel("Email").fill(guest);
  await occupier.getByLabel("Password").fill(password);
  await occupier.getByRole("button", { name: "Log in" }).click();
  await expect(occupier.getByText("Address and password do not fit together.")).toBeVisible();
  // The link has done its work.
  await occupier.goto(link);
  await expect(occupier.getByText("This link was used already, has ended, or never existed.")).toBeVisible();
  await expect(occupier.getByRole("link", { name: "Your account" })).toBeVisible();
});

test("D9 an Owner vouches for the address, and the person has their rights", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("guest");
  const person = await visitor();
  await joinByCopiedLink(org, person, guest);
  await page.goto(org.users);
  await page.getByRole("button", { name: "Vouch for the address of Gil Guest" }).click();
  await expect(page.getByText(`You vouched for ${guest}`)).toBeVisible();
  await expect(row(page, guest)).not.toContainText("Address not confirmed");
  await person.goto(org.users);
  await expect(person.getByRole("button", { name: "New Invitation" })).toBeVisible();
});

test("D9 the mailed link confirms by itself, and an unconfirmed account joins no second organization by a copied one", async ({
  org,
  visitor,
}) => {
  const guest = someone("guest");
  const person = await visitor();
  await joinByCopiedLink(org, person, guest);
  const elsewhere = await createTestOrganization("mailbox");
  const link = await elsewhere.copy(await elsewhere.invite(guest), "link");
  await person.goto(link);
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByText("Confirm the address of your account first")).toBeVisible();

  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await person.goto(linkIn(await letterInMailbox(operator, guest)));
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByRole("heading", { name: `You are in ${elsewhere.name}` })).toBeVisible();
  await expect(person.getByText("Address not confirmed")).toBeHidden();
  await elsewhere.close();
});
