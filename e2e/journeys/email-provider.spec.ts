import type { Page } from "@playwright/test";
import { extractLink, findEmailAtProvider } from "../emails";
import { expect, test } from "../fixtures";
import { getInstallations } from "../installations";
import { findRow, openInviteDialog, pasteText } from "../locators";
import { type E2EOrganization, testPassword, uniqueAddress } from "../organization";
import type { AcceptedEmail } from "../stand-in/emails";
import type { ProviderFault } from "../stand-in/faults";
import type { ProviderCall } from "../stand-in/provider";
import { signWebhook } from "../stand-in/webhooks";

test.use({ installation: "provider" });
// All tests share one stand-in: a fault must apply to the email that it is meant for.
test.describe.configure({ mode: "default" });

async function control<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${getInstallations().provider.standIn}/control/${path}`, {
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as T;
}

const addFault = (fault: Partial<ProviderFault>) => control("faults", fault);

async function inviteInDialog(page: Page, org: E2EOrganization, guest: string): Promise<void> {
  await page.goto(`${org.usersPath}/invitations`);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await expect(dialog.getByText("Emails are queued.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Copy link" })).not.toHaveClass(/_primary\b/);
  await dialog.getByRole("button", { name: "Done" }).click();
}

/** Reloads until the row contains the text: delivery events arrive after the page was rendered. */
async function expectInRow(page: Page, guest: string, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(findRow(page, guest)).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test("H2 an invitation is sent through the provider's API with one idempotency key, the row says Sent, and its link joins", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  await inviteInDialog(page, org, guest);
  const email = await findEmailAtProvider(guest);
  expect(email.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  await expectInRow(page, guest, "Sent · expires in 7 days");
  await snapshot(page, "sent");

  const accepted = await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(guest)}`);
  expect(accepted).toHaveLength(1);
  expect(accepted[0]?.from).toBe("Foyer <foyer@mail.example.com>");
  const calls = (await control<ProviderCall[]>("calls")).filter(({ ids }) =>
    ids.includes(accepted[0]?.id ?? ""),
  );
  expect(calls.map(({ path, status, key }) => ({ path, status, key: key !== null }))).toEqual([
    { path: "/emails/batch", status: 200, key: true },
  ]);

  const person = await visitor();
  await person.goto(extractLink(email));
  await person.getByLabel("Your name").fill("Gil Guest");
  await person.getByLabel("Password").fill(testPassword);
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  await expect(person.getByText("Address not confirmed")).toBeHidden();
});

for (const [status, name, words] of [
  [401, "missing_api_key", "the email provider rejected the API key: Refused on command with 401."],
  [422, "validation_error", "the email provider rejected the email: Refused on command with 422."],
] as const) {
  test(`H2 a provider error ${status} is shown on the row with its reason`, async ({
    page,
    org,
    snapshot,
  }) => {
    const guest = uniqueAddress("guest");
    await addFault({ kind: "refuse", status, name });
    await inviteInDialog(page, org, guest);
    await expectInRow(page, guest, words);
    await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Not sent");
    await snapshot(page, "not sent");
    expect(await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(guest)}`)).toEqual([]);
  });
}

test("C10 one email that makes the provider reject a call of three fails with its reason, and the others are sent", async ({
  page,
  org,
  snapshot,
}) => {
  const [bad, lea, omar] = [uniqueAddress("bad"), uniqueAddress("lea"), uniqueAddress("omar")];
  await control("unprocessable-address", { to: bad });
  await page.goto(`${org.usersPath}/invitations`);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").focus();
  await pasteText(page, [lea, bad, omar].join("\n"));
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  for (const guest of [lea, omar])
    await expect(findRow(page, guest)).toContainText("Sent · expires in 7 days", { timeout: 30_000 });
  await expect(findRow(page, bad).locator('[data-slot="badge"]')).toHaveText("Not sent", { timeout: 30_000 });
  await expect(findRow(page, bad)).toContainText("the email provider rejected the email: One of the emails");
  await snapshot(page, "one of three not sent");
  await expect(page.getByText("Emails are failing")).toBeHidden();
  for (const guest of [lea, omar])
    expect(await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(guest)}`)).toHaveLength(1);
});

test("C10 a delivery event updates the row, and the timeline gives the reason of a bounce", async ({
  page,
  org,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  await inviteInDialog(page, org, guest);
  await expectInRow(page, guest, "Sent · expires in 7 days");
  const sendEvent = (type: string, more: object = {}) =>
    control("events", { to: guest, types: [`email.${type}`], ...more });

  await sendEvent("delivery_delayed");
  await expectInRow(page, guest, "Delayed: the mail server hasn't accepted it yet");
  await sendEvent("delivered");
  await expectInRow(page, guest, "Delivered · expires in 7 days");
  await snapshot(page, "delivered");
  await sendEvent("bounced", { bounce: { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" } });
  await expectInRow(page, guest, "mailbox does not exist");
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Bounced");
  await snapshot(page, "bounced");
  await findRow(page, guest).getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByText("The email bounced permanently: mailbox does not exist")).toBeVisible();
});

test("C10 invite 100 people while the provider responds with 429, then two bounce: the open page shows every step", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(`${org.usersPath}/invitations`);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await addFault({ kind: "refuse", retryAfter: 8 });
  const guests = Array.from({ length: 100 }, () => uniqueAddress("guest"));
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").focus();
  await pasteText(page, guests.join("\n"));
  await dialog.getByRole("button", { name: "Send 100 invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click({ timeout: 20_000 });
  const [first = "", second = "", third = ""] = guests;
  await expect(findRow(page, first)).toContainText("Queued: the email provider is rate limiting");

  // The user works on the page in the meantime.
  await findRow(page, second).getByRole("checkbox").check();
  const search = page.getByLabel("Search by address");
  await search.fill("half a wo");
  await expect(findRow(page, first)).toContainText("Sent · expires in 7 days", { timeout: 20_000 });
  await expect(findRow(page, third)).toContainText("Sent · expires in 7 days");
  expect((await findEmailAtProvider(first)).subject).toContain(`invited you to join ${org.name}`);
  const accepted = (await control<AcceptedEmail[]>("emails")).flatMap(({ to }) => to);
  expect(accepted.filter((to) => guests.includes(to)).sort()).toEqual([...guests].sort());

  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await control("events", { to: [first, second], types: ["email.bounced"], bounce });
  await control("events", { to: guests.slice(2), types: ["email.delivered"] });
  for (const guest of [first, second]) {
    await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Bounced", {
      timeout: 5_000,
    });
    await expect(findRow(page, guest)).toContainText("mailbox does not exist");
  }
  await expect(findRow(page, third)).toContainText("Delivered · expires in 7 days");
  await expect(search).toHaveValue("half a wo");
  await expect(search).toBeFocused();
  await expect(findRow(page, second).getByRole("checkbox")).toBeChecked();
  await snapshot(page, "with live updates");
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);

  await page.goto(`${org.usersPath}/invitations?delivery=bounced`);
  for (const guest of [first, second]) await expect(findRow(page, guest)).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(3);
  // Delivery events of the others may still be pending.
  await expect(async () => {
    await page.goto(`${org.usersPath}/invitations?delivery=sent`);
    await expect(page.getByRole("row").filter({ hasText: "@people.test" })).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await page.goto(`${org.usersPath}?search=${encodeURIComponent(first)}`);
  await expect(findRow(page, first)).toContainText("Bounced: mailbox does not exist");
});

test("C10 Correct address revokes the bounced invitation and invites the correct address with the same role", async ({
  page,
  org,
  snapshot,
}) => {
  const [wrongAddress, rightAddress, invitedAddress] = [
    uniqueAddress("lae"),
    uniqueAddress("lea"),
    uniqueAddress("bo"),
  ];
  await org.invite(invitedAddress);
  await org.invite(wrongAddress, "admin");
  await findEmailAtProvider(wrongAddress);
  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await control("events", { to: wrongAddress, types: ["email.bounced"], bounce });
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: `Correct address ${wrongAddress}` }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Correct address" });
  await expect(dialog.getByText("mailbox does not exist")).toBeVisible();
  const field = dialog.getByLabel("Correct address");
  await expect(field).toBeFocused();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: `Correct address ${wrongAddress}` })).toBeFocused();

  await page.keyboard.press("Enter");
  for (const [address, problem] of [
    [wrongAddress, "This is the address that bounced."],
    [invitedAddress, "Already invited."],
    ["lea", "Not a valid email address."],
  ] as const) {
    await field.fill(address);
    await field.press("Enter");
    await expect(dialog.getByText(problem)).toBeVisible();
  }
  await snapshot(page, "a refused correction");
  await field.fill(rightAddress);
  await field.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(findRow(page, rightAddress)).toContainText("Admin");
  await expect(findRow(page, wrongAddress).locator('[data-slot="badge"]').first()).toHaveText("Revoked");
  await expect(page.getByRole("button", { name: wrongAddress, exact: true })).toBeFocused();
  await snapshot(page, "a corrected address");
  expect((await findEmailAtProvider(rightAddress)).subject).toContain(`invited you to join ${org.name}`);
  await expect(findRow(page, rightAddress)).toContainText("Sent · expires in 7 days");
});

test("C10 a banner says that the provider rejects everything, and disappears when an email is accepted again", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(`${org.usersPath}/invitations`);
  const banner = page.getByText("Emails are failing");
  await expect(banner).toBeHidden();
  await addFault({ kind: "refuse", status: 401, name: "missing_api_key" });
  await org.invite(uniqueAddress("guest"));
  await expect(banner).toBeVisible();
  await expect(page.getByText("until the operator fixes the email settings")).toBeVisible();
  await snapshot(page, "provider errors");
  // The operator can fix it and sees the reason.
  await org.sql("UPDATE account SET operator = true WHERE email = $1", [org.owner.email]);
  await page.goto(org.usersPath);
  await expect(page.getByText("Reason: the email provider rejected the API key")).toBeVisible();
  await snapshot(page, "provider errors, for the operator");
  await org.invite(uniqueAddress("guest"));
  await expect(page.getByText("Emails are working again")).toBeVisible();
  await expect(banner).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();
  await expect(banner).toBeHidden();
});

test("C10 the webhook accepts only signed requests, sets no cookie and limits the body", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  await inviteInDialog(page, org, guest);
  await expectInRow(page, guest, "Sent · expires in 7 days");
  const [{ tags = [] } = {}] = await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(guest)}`);
  const body = JSON.stringify({
    type: "email.complained",
    created_at: new Date().toISOString(),
    data: { tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])) },
  });
  const url = `${org.origin}/api/resend`;
  const post = (text: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: "POST", headers, body: text });
  const wrongAddress = `whsec_${Buffer.from("another secret").toString("base64")}`;
  const unsigned: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    signWebhook(wrongAddress, "msg_1", body),
  ];
  for (const headers of unsigned) {
    const response = await post(body, headers);
    expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
  }
  expect((await post("x".repeat(70_000))).status).toBe(413);
  expect((await fetch(url)).status).toBe(405);
  await page.reload();
  await expect(findRow(page, guest)).toContainText("Sent · expires in 7 days");
});

test("H2 after a 429 the email is sent when retry-after has passed, once", async ({ page, org }) => {
  const guest = uniqueAddress("guest");
  await addFault({ kind: "refuse", status: 429, name: "rate_limit_exceeded", retryAfter: 4 });
  const startedAt = Date.now();
  await inviteInDialog(page, org, guest);
  await expectInRow(page, guest, "Queued: the email provider is rate limiting");
  await expectInRow(page, guest, "Sent · expires in 7 days");
  expect(Date.now() - startedAt).toBeGreaterThan(4_000);
  expect(await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(guest)}`)).toHaveLength(1);
});

test("C10 a permanently bounced address gets no emails until an admin resumes them", async ({
  page,
  org,
  snapshot,
}) => {
  const [lea, omar] = [uniqueAddress("lea"), uniqueAddress("omar")];
  const countEmailsTo = async (to: string) =>
    (await control<AcceptedEmail[]>(`emails?to=${encodeURIComponent(to)}`)).length;
  for (const guest of [lea, omar]) await org.invite(guest);
  for (const guest of [lea, omar]) await findEmailAtProvider(guest);
  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await control("events", { to: [lea, omar], types: ["email.bounced"], bounce });
  await page.goto(`${org.usersPath}/invitations`);
  await expectInRow(page, lea, "mailbox does not exist");
  await expectInRow(page, omar, "mailbox does not exist");

  await expect(findRow(page, lea)).toContainText("Emails paused: address bounced");
  await expect(findRow(page, lea).getByRole("button", { name: /^Resend/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await findRow(page, lea)
    .getByRole("button", { name: `Actions for ${lea}` })
    .click();
  await page.getByRole("menuitem", { name: "Resume emails" }).click();
  await expect(page.getByText(`Emails to ${lea} resumed`)).toBeVisible();
  await expect(findRow(page, lea)).not.toContainText("Emails paused");
  await findRow(page, lea)
    .getByRole("button", { name: `Resend invitation to ${lea}` })
    .click();
  await expect.poll(() => countEmailsTo(lea), { timeout: 20_000 }).toBe(2);

  await findRow(page, omar)
    .getByRole("button", { name: `Actions for ${omar}` })
    .click();
  await page.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(page.getByText(`Invitation to ${omar} revoked`)).toBeVisible();
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(omar);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog).toContainText("Emails are paused: one bounced.");
  await snapshot(page, "an address that bounced is not invited");
  expect(await countEmailsTo(omar)).toBe(1);
});

test("C10 a profile says that emails to the address are paused, and resumes them", async ({
  page,
  org,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  await inviteInDialog(page, org, guest);
  await expectInRow(page, guest, "Sent · expires in 7 days");
  await control("events", { to: guest, types: ["email.complained"] });
  await expectInRow(page, guest, "Marked as spam");
  await page.goto(org.usersPath);
  await expect(findRow(page, guest)).toContainText("Emails paused: marked as spam");
  await findRow(page, guest)
    .getByRole("link", { name: `Manage ${guest}` })
    .click();
  await expect(page.getByText("Emails paused")).toBeVisible();
  await snapshot(page, "emails paused for this address");
  await page.getByRole("button", { name: "Resume emails" }).click();
  await expect(page.getByText("Emails paused")).toBeHidden();
  await expect(page.getByText(`${org.owner.name} resumed emails`)).toBeVisible();
});

test("H2 with a provider the mailbox page does not exist, even for the operator", async ({ page, org }) => {
  await org.sql("UPDATE account SET operator = true WHERE email = $1", [org.owner.email]);
  await page.goto(org.usersPath);
  await expect(page.getByRole("link", { name: "Mailbox" })).toBeHidden();
  expect((await page.goto("/mailbox"))?.status()).toBe(404);
});
