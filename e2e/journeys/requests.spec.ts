import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox, type ReceivedEmail } from "../emails";
import { expect, test } from "../fixtures";
import { findRow, statusBadge } from "../locators";
import { type E2EOrganization, type TestUser, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

const enableRequests = (org: E2EOrganization, isEnabled = true) =>
  org.sql("UPDATE organization SET new_user_invitations = $2 WHERE slug = $1", [org.slug, isEnabled]);

/** Submits the request form on the organization's login page. */
async function submitRequest(
  page: Page,
  org: E2EOrganization,
  requester: TestUser,
  message = "",
): Promise<void> {
  await page.goto(`/o/${org.slug}/login`);
  await page.locator("summary", { hasText: "Request an invitation" }).click();
  await page.getByLabel("Your email").fill(requester.email);
  await page.getByLabel("Your name").fill(requester.name);
  await page.getByLabel("Message").fill(message);
  await page.getByRole("button", { name: "Request an invitation" }).click();
  await expect(page.getByText("Check your email")).toBeVisible();
}

/** Submits a request and confirms it with the emailed link. */
async function submitAndConfirmRequest(
  page: Page,
  operator: Page,
  org: E2EOrganization,
  requester: TestUser,
  message = "",
): Promise<ReceivedEmail> {
  await submitRequest(page, org, requester, message);
  const email = await findEmailInMailbox(operator, requester.email);
  await page.goto(extractLink(email, "/request/"));
  await page.getByRole("button", { name: "Confirm your request" }).click();
  await expect(page.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();
  return email;
}

const newRequester = () => ({ name: "Rosa Lind", email: uniqueAddress("rosa") });
const requestsPath = (org: E2EOrganization) => `${org.usersPath}/requests`;
const tab = (page: Page) => page.getByRole("link", { name: /^Invitation requests/ });

test("E1 E2 E3 a requester confirms a request, is invited with a role and a policy, and joins", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = newRequester();
  const requesterPage = await visitor();
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  // Enable requests in the settings page.
  await page.goto(`/o/${org.slug}/admin/settings`);
  await page.getByLabel("New user invitations").check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();

  await requesterPage.goto(`/o/${org.slug}/login`);
  await requesterPage.locator("summary", { hasText: "Request an invitation" }).click();
  await snapshot(requesterPage, "with the request form");
  await submitRequest(requesterPage, org, guest, "I start on Monday.\n<b>in Mila's team</b>");
  await snapshot(requesterPage, "after a request");
  const email = await findEmailInMailbox(operator, guest.email);
  expect(email.subject).toBe(`Confirm your request to join ${org.name}`);
  expect(email.text).not.toContain("Rosa");

  // The request is not listed before it is confirmed, and opening the link does not confirm it.
  await page.goto(requestsPath(org));
  await expect(page.getByText("No requests")).toBeVisible();
  const link = extractLink(email, "/request/");
  for (let i = 0; i < 5; i++) expect((await requesterPage.request.get(link)).status()).toBe(200);
  await page.reload();
  await expect(page.getByText("No requests")).toBeVisible();
  await requesterPage.goto(link);
  await snapshot(requesterPage, "before confirmation");
  await requesterPage.getByRole("button", { name: "Confirm your request" }).click();
  await expect(requesterPage.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();
  await snapshot(requesterPage, "confirmed");

  await page.reload();
  await expect(tab(page)).toContainText("1");
  await expect(findRow(page, guest.email)).toContainText("Rosa Lind");
  await expect(findRow(page, guest.email)).toContainText("<b>in Mila's team</b>");
  await snapshot(page, "with a request");
  await page.getByLabel(`Role for ${guest.email}`).selectOption("Admin");
  await findRow(page, guest.email).locator("summary", { hasText: "No access policies" }).click();
  await page.getByLabel("Manage access for organization (Read)").check();
  await snapshot(page, "with policies to choose");
  await findRow(page, guest.email).getByRole("button", { name: "Send invitation" }).click();
  await expect(statusBadge(page, guest.email)).toHaveText("Invited");
  await expect(tab(page)).toContainText("0");

  const invitation = await findEmailInMailbox(operator, guest.email);
  expect(invitation.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  await requesterPage.goto(extractLink(invitation));
  await requesterPage.getByLabel("Your name").fill(guest.name);
  await requesterPage.getByLabel("Password").fill(testPassword);
  await requesterPage.getByRole("button", { name: "Join your organization" }).click();
  await requesterPage.waitForURL(new RegExp(`/o/${org.slug}`));
  await page.goto(org.usersPath);
  await expect(findRow(page, guest.name)).toContainText("Admin");
  await expect(findRow(page, guest.name)).toContainText("(Read)");
  await page.getByRole("link", { name: guest.name }).first().click();
  await expect(
    page.getByText(`${org.owner.name} approved the request and invited ${guest.name} as an Admin`),
  ).toBeVisible();
});

test("E3 an open list announces a new request and shows what another admin decides", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await enableRequests(org);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const guest = newRequester();
  await page.goto(requestsPath(org));
  await expect(page.getByText("No requests")).toBeVisible();
  await submitAndConfirmRequest(await visitor(), operator, org, guest);
  await expect(tab(page)).toContainText("1", { timeout: 5_000 });
  await page.getByRole("button", { name: "Show 1 new" }).click();
  await expect(findRow(page, guest.email)).toContainText("Rosa Lind");

  const other = await page.context().newPage();
  await other.goto(requestsPath(org));
  await findRow(other, guest.email).getByRole("button", { name: "Dismiss" }).click();
  await expect(statusBadge(page, guest.email)).toHaveText("Dismissed", { timeout: 5_000 });
  await expect(tab(page)).toContainText("0");
  await snapshot(page, "dismissed by someone else");
});

test("E3 one request is dismissed and several are approved together", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await enableRequests(org);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const people = [newRequester(), newRequester(), newRequester()];
  for (const guest of people) await submitAndConfirmRequest(await visitor(), operator, org, guest);
  const [first, second, third] = people.map(({ email }) => email) as [string, string, string];
  await page.goto(requestsPath(org));
  await findRow(page, first).getByRole("button", { name: "Dismiss" }).click();
  await expect(statusBadge(page, first)).toHaveText("Dismissed");
  for (const email of [second, third]) await page.getByLabel(`Select ${email}`).check();
  await snapshot(page, "with two selected");
  await page.getByRole("button", { name: "Send invitations" }).click();
  const dialog = page.getByRole("dialog", { name: "Send invitations" });
  await expect(dialog.getByText("2 people get the same role and policies.")).toBeVisible();
  await snapshot(page, "inviting two");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText("2 invited")).toBeVisible();
  for (const email of [second, third]) await expect(statusBadge(page, email)).toHaveText("Invited");
  await page.goto(`${requestsPath(org)}?status=dismissed`);
  await expect(findRow(page, first)).toBeVisible();
  await page.goto(`${requestsPath(org)}?search=${second.slice(0, 10)}&status=all`);
  await expect(findRow(page, second)).toBeVisible();
  await expect(findRow(page, first)).toHaveCount(0);
});

test("E4 a request of a user who has since joined is marked stale, offers only Dismiss, and all stale ones are dismissed together", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await enableRequests(org);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const [guest, other] = [newRequester(), newRequester()];
  for (const requester of [guest, other])
    await submitAndConfirmRequest(await visitor(), operator, org, requester);
  // The requester joins without the request, as a directory sync would add them.
  await org.sql("INSERT INTO account (email, name, verified_at) VALUES ($1, $2, now())", [
    guest.email,
    guest.name,
  ]);
  await org.addMembership(guest, "member");
  await page.goto(requestsPath(org));
  await expect(statusBadge(page, guest.email)).toHaveText("Already a user");
  await expect(findRow(page, guest.email).getByRole("button", { name: "Send invitation" })).toHaveCount(0);
  await expect(findRow(page, guest.email).getByRole("button", { name: "Dismiss" })).toBeVisible();
  await expect(page.getByText("1 request is from a person who is already a user")).toBeVisible();
  await snapshot(page, "with a stale request");
  await page.getByRole("button", { name: "Dismiss all stale requests" }).click();
  await expect(page.getByText("1 dismissed")).toBeVisible();
  await expect(statusBadge(page, guest.email)).toHaveText("Dismissed");
  await expect(findRow(page, other.email).getByRole("button", { name: "Send invitation" })).toBeVisible();
  await snapshot(page, "with the stale ones dismissed");
});

test("E1 while requests are off the form is hidden, the admin page says so, and an earlier link says so too", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await enableRequests(org);
  const requesterPage = await visitor();
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const guest = newRequester();
  await submitRequest(requesterPage, org, guest);
  const link = extractLink(await findEmailInMailbox(operator, guest.email), "/request/");
  await enableRequests(org, false);
  await requesterPage.goto(`/o/${org.slug}/login`);
  await expect(requesterPage.getByText("Request an invitation")).toHaveCount(0);
  await requesterPage.goto(link);
  await expect(requesterPage.getByRole("heading", { name: "Requests are off" })).toBeVisible();
  await snapshot(requesterPage, "while requests are off");
  await requesterPage.goto("/request/00000-00000-00000-00000");
  await expect(requesterPage.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  await snapshot(requesterPage, "of an unknown request");
  await expect(requesterPage.getByRole("link", { name: "Back to Foyer" })).toBeVisible();

  await page.goto(requestsPath(org));
  await expect(page.getByRole("heading", { name: "Requests are off" })).toBeVisible();
  // The search field is hidden without requests.
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await snapshot(page, "while requests are off");
  await page.getByRole("link", { name: "Open settings" }).click();
  await expect(page.getByLabel("New user invitations")).not.toBeChecked();
});

test("D6 the page of an expired invitation requests a new one in one click, even while requests are off; approval renews it", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("lea");
  const invitation = await org.invite(guest, "admin");
  const link = await org.copyInvitation(invitation, "link");
  await org.expire(invitation);
  const requesterPage = await visitor();
  await requesterPage.goto(link);
  await snapshot(requesterPage, "expired");
  await requesterPage.getByRole("button", { name: "Request a new invitation" }).click();
  await expect(requesterPage.getByText("Request sent.")).toBeVisible();
  await snapshot(requesterPage, "expired, with a request");

  await page.goto(requestsPath(org));
  await expect(page.getByText("Requests are off")).toBeVisible();
  await expect(findRow(page, guest)).toContainText("From an expired invitation");
  await expect(page.getByLabel(`Role for ${guest}`)).toHaveValue("admin");
  await snapshot(page, "off, with a request");
  await findRow(page, guest).getByRole("button", { name: "Send invitation" }).click();
  await expect(findRow(page, guest).getByText("Invited", { exact: true })).toBeVisible();
  await requesterPage.goto(link);
  await expect(requesterPage.getByRole("heading", { name: "A newer invitation was sent" })).toBeVisible();
  const [fresh] = await org.sql<{ id: string }>(
    "SELECT id FROM invitation WHERE email = $1 AND settled_as IS NULL",
    [guest],
  );
  await requesterPage.goto(await org.copyInvitation(fresh?.id ?? "", "link"));
  await expect(requesterPage.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 E1 without JavaScript a visitor submits a request, corrects an error, confirms, and requests from the expired page", async ({
    org,
    visitor,
    browser,
  }) => {
    await enableRequests(org);
    const requesterPage = await visitor({ javaScriptEnabled: false });
    const guest = newRequester();
    await requesterPage.goto(`/o/${org.slug}/login`);
    await requesterPage.locator("summary", { hasText: "Request an invitation" }).click();
    await requesterPage.getByLabel("Your email").fill("rosa@localhost");
    await requesterPage.getByLabel("Your name").fill(guest.name);
    await requesterPage.getByLabel("Message").fill("Please");
    await requesterPage.getByRole("button", { name: "Request an invitation" }).click();
    await expect(
      requesterPage.getByText("Enter a valid email address, like name@example.com."),
    ).toBeVisible();
    await expect(requesterPage.getByLabel("Message")).toHaveValue("Please");
    await requesterPage.getByLabel("Your email").fill(guest.email);
    await requesterPage.getByRole("button", { name: "Request an invitation" }).click();
    await expect(requesterPage.getByText("Check your email")).toBeVisible();
    const operator = await browser.newPage({
      storageState: ownerSessionFile("mailbox"),
      javaScriptEnabled: true,
    });
    const email = await findEmailInMailbox(operator, guest.email);
    await operator.close();
    await requesterPage.goto(extractLink(email, "/request/"));
    await requesterPage.getByRole("button", { name: "Confirm your request" }).click();
    await expect(requesterPage.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();

    const invitation = await org.invite(uniqueAddress("lea"));
    const link = await org.copyInvitation(invitation, "link");
    await org.expire(invitation);
    await requesterPage.goto(link);
    await requesterPage.getByRole("button", { name: "Request a new invitation" }).click();
    await expect(requesterPage.getByText("Request sent.")).toBeVisible();
  });
});
