import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { password, someone } from "../organization";

const rowOf = (page: Page, email: string): Locator => page.getByRole("row").filter({ hasText: email });

async function choose(page: Page, email: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${email}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("C2 each row offers everything, and what cannot be done says why", async ({ page, org, look }) => {
  const [pending, expired] = [someone("lea"), someone("jun")];
  await org.invite(pending);
  await org.expire(await org.invite(expired));
  await page.goto(`${org.users}/invitations`);
  for (const name of [`Copy invitation code for ${pending}`, `Resend invitation to ${pending}`])
    await expect(page.getByRole("button", { name })).toBeVisible();
  await page.getByRole("button", { name: `Actions for ${pending}` }).click();
  const items = page.getByRole("menuitem");
  await expect(items).toHaveText([
    "Copy invitation link",
    "Copy invitation code",
    "Resend invitation link",
    /Send new invitation.*Only for an expired invitation/s,
    "Revoke invitation",
  ]);
  await look(page, "the menu of a pending invitation");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Actions for ${expired}` }).click();
  await expect(items.filter({ hasText: "Copy invitation link" })).toContainText("Only a pending invitation");
  await expect(items.filter({ hasText: "Send new invitation" })).not.toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");

  await page.goto(org.users);
  await page.getByRole("button", { name: `Actions for ${pending}` }).click();
  await expect(items).toHaveCount(5);
});

test("C3 resent three times the pips are full, and a fourth is refused with its reason", async ({
  page,
  org,
  look,
}) => {
  const guest = someone("lea");
  await org.invite(guest);
  await page.goto(`${org.users}/invitations`);
  const resend = page.getByRole("button", { name: `Resend invitation to ${guest}` });
  for (const used of [1, 2, 3]) {
    await resend.click();
    await expect(rowOf(page, guest).getByRole("img", { name: `${used} of 3 resends used` })).toBeVisible();
  }
  await expect(resend).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: `Actions for ${guest}` }).click();
  await expect(page.getByRole("menuitem", { name: /Resend invitation link/ })).toContainText(
    "Resent 3 of 3 times",
  );
  await look(page, "resent to the limit");
  const letters = await org.sql("SELECT FROM email_message WHERE to_address = $1", [guest]);
  expect(letters).toHaveLength(4);
});

test("C4 an expired invitation is sent anew: another code, and the old one is replaced", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("jun");
  const invitation = await org.invite(guest);
  const old = await org.copy(invitation, "link");
  await org.expire(invitation);
  await page.goto(`${org.users}/invitations`);
  await expect(rowOf(page, guest).locator(".badge")).toHaveText("Invitation expired");
  await choose(page, guest, "Send new invitation");
  await expect(rowOf(page, guest).locator(".badge")).toHaveText("Pending");
  await expect(rowOf(page, guest)).toHaveCount(1);
  await expect(page.getByText(`New invitation for ${guest} made`)).toBeVisible();
  const person = await visitor();
  await person.goto(old);
  await expect(person.getByRole("heading", { name: "There is a newer invitation" })).toBeVisible();
});

test("C6 a revoked link opens nothing until Undo, which brings the same code back", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = someone("dana");
  const link = await org.copy(await org.invite(guest), "link");
  await page.goto(`${org.users}/invitations`);
  await choose(page, guest, "Revoke invitation");
  const undo = page.getByRole("button", { name: `Undo revoking the invitation of ${guest}` });
  await expect(undo).toBeVisible();
  await look(page, "a revoked row");
  const person = await visitor();
  await person.goto(link);
  await expect(person.getByRole("heading", { name: "This invitation was taken back" })).toBeVisible();
  await undo.click();
  await expect(rowOf(page, guest).locator(".badge")).toHaveText("Pending");
  // The message of the revocation, with an Undo of its own, has given way to that of the undo.
  await expect(page.getByText(`${guest} is invited again, with the same code`)).toBeVisible();
  await expect(page.getByText(`Invitation to ${guest} revoked`)).toBeHidden();
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeHidden();
  await person.goto(link);
  await expect(person.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
});

test("C6 from Users the message offers Undo", async ({ page, org }) => {
  const guest = someone("dana");
  await org.invite(guest);
  await page.goto(org.users);
  await choose(page, guest, "Revoke invitation");
  await expect(rowOf(page, guest).locator(".badge")).toHaveText("Removed");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rowOf(page, guest).locator(".badge")).toHaveText("Invited");
});

test("D4 declining with a reason tells the inviter in the timeline", async ({ page, org, visitor, look }) => {
  const guest = someone("greta");
  const invitation = await org.invite(guest);
  const person = await visitor();
  await person.goto(await org.copy(invitation, "link"));
  await person.getByText("Decline", { exact: true }).click();
  await look(person, "declining");
  await person.getByLabel("Reason (optional)").fill("I have moved to another team.");
  await person.getByRole("button", { name: "Decline invitation" }).click();
  await expect(person.getByRole("heading", { name: "This invitation was declined" })).toBeVisible();

  // Open invitations do not hold it any more; the person's row does once invited again.
  await org.invite(guest);
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByText("Declined: “I have moved to another team.”")).toBeVisible();
  await look(page, "an open timeline");
});

test("C11 the row opens to its person's timeline: what, by whom and when", async ({ page, org }) => {
  const guest = someone("lea");
  await org.copy(await org.invite(guest), "code");
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: `Resend invitation to ${guest}` }).click();
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(page.locator(".timeline > li")).toHaveText([
    new RegExp(`^Invitation resent, 1 of 3 by ${org.owner.name}`),
    new RegExp(`^Invitation code copied by ${org.owner.name}`),
    new RegExp(`^Invited as Member by ${org.owner.name}`),
  ]);
});

test("D3 signed in as somebody else: says so, signs out, and goes on to the same invitation", async ({
  org,
  visitor,
  look,
}) => {
  const omar = await org.seat("Omar", "member");
  const link = await org.copy(await org.invite(someone("lea")), "link");
  const page = await visitor();
  await org.signIn(page.context(), omar);
  await page.goto(link);
  await expect(page.getByText("You are signed in as o…@people.test")).toBeVisible();
  await look(page, "signed in as somebody else");
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await expect(page.getByLabel("Your name")).toBeVisible();
});

test("D3 a person with an account logs in and joins with one press", async ({ org, visitor, look }) => {
  const omar = await org.seat("Omar", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [omar.email]);
  const link = await org.copy(await org.invite(omar.email), "link");
  const page = await visitor();
  await page.goto(link);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(omar.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByLabel("Your name")).toHaveCount(0);
  await look(page, "one press to join");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

test("D7 every page of joining says where to look and whom to ask", async ({ org, visitor }) => {
  const page = await visitor();
  await page.goto(await org.copy(await org.invite(someone("lea")), "link"));
  await expect(page.getByText("Look in your junk folder")).toBeVisible();
  await expect(page.getByText(`Questions? Ask ${org.owner.name}`)).toBeVisible();
  await page.goto("/join");
  await expect(page.getByText("Look in your junk folder")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 an invitation is declined without JavaScript", async ({ org, visitor }) => {
    const page = await visitor({ javaScriptEnabled: false });
    await page.goto(await org.copy(await org.invite(someone("greta")), "link"));
    await page.getByText("Decline", { exact: true }).click();
    await page.getByRole("button", { name: "Decline invitation" }).click();
    await expect(page.getByRole("heading", { name: "This invitation was declined" })).toBeVisible();
  });
});
