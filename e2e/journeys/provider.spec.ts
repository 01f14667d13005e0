import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { installations } from "../installations";
import { letterAtProvider, linkIn } from "../letters";
import { password, someone, type TestOrganization } from "../organization";
import { openInvite, paste, row } from "../screens";
import type { Fault } from "../stand-in/faults";
import type { Accepted, Call } from "../stand-in/provider";
import { signatureOf } from "../stand-in/webhooks";

test.use({ installation: "provider" });
// The stand-in is one for all: a fault ordered here must meet the letter it is meant for.
test.describe.configure({ mode: "default" });

async function standIn<T>(path: string, sent?: object): Promise<T> {
  const answer = await fetch(`${installations().provider.standIn}/control/${path}`, {
    ...(sent ? { method: "POST", body: JSON.stringify(sent) } : {}),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as T;
}

const order = (fault: Partial<Fault>) => standIn("faults", fault);

async function inviteByDialog(page: Page, org: TestOrganization, guest: string): Promise<void> {
  await page.goto(`${org.users}/invitations`);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  await expect(dialog.getByText("Their letters are on the way.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Copy link" })).not.toHaveClass(/button-primary/);
  await dialog.getByRole("button", { name: "Done" }).click();
}

/** Reloads until the row says so: what the provider answers arrives after the page was made. */
async function rowSays(page: Page, guest: string, words: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(row(page, guest)).toContainText(words, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test("H2 an invitation leaves through the provider's API under one key, the row says Sent, and its link joins", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  await inviteByDialog(page, org, guest);
  const letter = await letterAtProvider(guest);
  expect(letter.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  await rowSays(page, guest, "Sent · expires in 7 days");
  await look(page, "sent");

  const taken = await standIn<Accepted[]>(`letters?to=${encodeURIComponent(guest)}`);
  expect(taken).toHaveLength(1);
  expect(taken[0]?.from).toBe("Foyer <foyer@mail.example.com>");
  const calls = (await standIn<Call[]>("calls")).filter(({ ids }) => ids.includes(taken[0]?.id ?? ""));
  expect(calls.map(({ path, status, key }) => ({ path, status, key: key !== null }))).toEqual([
    { path: "/emails/batch", status: 200, key: true },
  ]);

  const person = await visitor();
  await person.goto(linkIn(letter));
  await person.getByLabel("Your name").fill("Gil Guest");
  await person.getByLabel("Password").fill(password);
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  await expect(person.getByText("Address not confirmed")).toBeHidden();
});

for (const [status, name, words] of [
  [401, "missing_api_key", "the provider does not accept the API key: Refused on command with 401."],
  [422, "validation_error", "the provider refuses the letter: Refused on command with 422."],
] as const) {
  test(`H2 a provider that refuses with ${status} is seen on the row with its reason`, async ({
    page,
    org,
    look,
  }) => {
    const guest = someone("guest");
    await order({ kind: "refuse", status, name });
    await inviteByDialog(page, org, guest);
    await rowSays(page, guest, words);
    await expect(row(page, guest).locator(".badge")).toHaveText("Not sent");
    await look(page, "not sent");
    expect(await standIn<Accepted[]>(`letters?to=${encodeURIComponent(guest)}`)).toEqual([]);
  });
}

test("C10 one letter for which the provider refuses a call of three fails with its reason, and the others go", async ({
  page,
  org,
  look,
}) => {
  const [bad, lea, omar] = [someone("bad"), someone("lea"), someone("omar")];
  await standIn("spoil", { to: bad });
  await page.goto(`${org.users}/invitations`);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").focus();
  await paste(page, [lea, bad, omar].join("\n"));
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  for (const guest of [lea, omar])
    await expect(row(page, guest)).toContainText("Sent · expires in 7 days", { timeout: 30_000 });
  await expect(row(page, bad).locator(".badge")).toHaveText("Not sent", { timeout: 30_000 });
  await expect(row(page, bad)).toContainText("the provider refuses the letter: One of the emails");
  await look(page, "one of three not sent");
  await expect(page.getByText("The email provider refuses every letter")).toBeHidden();
  for (const guest of [lea, omar])
    expect(await standIn<Accepted[]>(`letters?to=${encodeURIComponent(guest)}`)).toHaveLength(1);
});

test("C10 what the provider tells of a letter is what its row says, and its timeline says why it bounced", async ({
  page,
  org,
  look,
}) => {
  const guest = someone("guest");
  await inviteByDialog(page, org, guest);
  await rowSays(page, guest, "Sent · expires in 7 days");
  const tell = (type: string, more: object = {}) =>
    standIn("tell", { to: guest, types: [`email.${type}`], ...more });

  await tell("delivery_delayed");
  await rowSays(page, guest, "Delayed: its mail server does not take it yet");
  await tell("delivered");
  await rowSays(page, guest, "Delivered · expires in 7 days");
  await look(page, "delivered");
  await tell("bounced", { bounce: { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" } });
  await rowSays(page, guest, "mailbox does not exist");
  await expect(row(page, guest).locator(".badge")).toHaveText("Bounced");
  await look(page, "bounced");
  await row(page, guest).getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByText("Letter bounced for good: mailbox does not exist")).toBeVisible();
});

test("C10 invite 100 people while the provider answers 429, then bounces two: the open page tells the truth at every step", async ({
  page,
  org,
  look,
}) => {
  await page.goto(`${org.users}/invitations`);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await order({ kind: "refuse", retryAfter: 8 });
  const guests = Array.from({ length: 100 }, () => someone("guest"));
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").focus();
  await paste(page, guests.join("\n"));
  await dialog.getByRole("button", { name: "Send 100 invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click({ timeout: 20_000 });
  const [first = "", second = "", third = ""] = guests;
  await expect(row(page, first)).toContainText("Queued: the provider asks to wait");

  // Somebody works here meanwhile.
  await row(page, second).getByRole("checkbox").check();
  const search = page.getByLabel("Search by address");
  await search.fill("half a wo");
  await expect(row(page, first)).toContainText("Sent · expires in 7 days", { timeout: 20_000 });
  await expect(row(page, third)).toContainText("Sent · expires in 7 days");
  expect((await letterAtProvider(first)).subject).toContain(`invited you to join ${org.name}`);
  const taken = (await standIn<Accepted[]>("letters")).flatMap(({ to }) => to);
  expect(taken.filter((to) => guests.includes(to)).sort()).toEqual([...guests].sort());

  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await standIn("tell", { to: [first, second], types: ["email.bounced"], bounce });
  await standIn("tell", { to: guests.slice(2), types: ["email.delivered"] });
  for (const guest of [first, second]) {
    await expect(row(page, guest).locator(".badge")).toHaveText("Bounced", { timeout: 5_000 });
    await expect(row(page, guest)).toContainText("mailbox does not exist");
  }
  await expect(row(page, third)).toContainText("Delivered · expires in 7 days");
  await expect(search).toHaveValue("half a wo");
  await expect(search).toBeFocused();
  await expect(row(page, second).getByRole("checkbox")).toBeChecked();
  await look(page, "followed");
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);

  await page.goto(`${org.users}/invitations?delivery=bounced`);
  for (const guest of [first, second]) await expect(row(page, guest)).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(3);
  // The others' news may still be on their way.
  await expect(async () => {
    await page.goto(`${org.users}/invitations?delivery=sent`);
    await expect(page.getByRole("row").filter({ hasText: "@people.test" })).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await page.goto(`${org.users}?search=${encodeURIComponent(first)}`);
  await expect(row(page, first)).toContainText("Bounced: mailbox does not exist");
});

test("C10 Correct address revokes what bounced and invites the right address, with the same role", async ({
  page,
  org,
  look,
}) => {
  const [wrong, right, known] = [someone("lae"), someone("lea"), someone("bo")];
  await org.invite(known);
  await org.invite(wrong, "admin");
  await letterAtProvider(wrong);
  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await standIn("tell", { to: wrong, types: ["email.bounced"], bounce });
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: `Correct address ${wrong}` }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Correct address" });
  await expect(dialog.getByText("mailbox does not exist")).toBeVisible();
  const field = dialog.getByLabel("Right address");
  await expect(field).toBeFocused();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: `Correct address ${wrong}` })).toBeFocused();

  await page.keyboard.press("Enter");
  for (const [address, problem] of [
    [wrong, "This is the address that the letter came back from."],
    [known, "Already invited."],
    ["lea", "Not an email address."],
  ] as const) {
    await field.fill(address);
    await field.press("Enter");
    await expect(dialog.getByText(problem)).toBeVisible();
  }
  await look(page, "a refused correction");
  await field.fill(right);
  await field.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, right)).toContainText("Admin");
  await expect(row(page, wrong).locator(".badge").first()).toHaveText("Revoked");
  await expect(page.getByRole("button", { name: wrong, exact: true })).toBeFocused();
  await look(page, "a corrected address");
  expect((await letterAtProvider(right)).subject).toContain(`invited you to join ${org.name}`);
  await expect(row(page, right)).toContainText("Sent · expires in 7 days");
});

test("C10 a banner says that the provider refuses everything, and goes once a letter is taken again", async ({
  page,
  org,
  look,
}) => {
  await page.goto(`${org.users}/invitations`);
  const banner = page.getByText("The email provider refuses every letter");
  await expect(banner).toBeHidden();
  await order({ kind: "refuse", status: 401, name: "missing_api_key" });
  await org.invite(someone("guest"));
  await expect(banner).toBeVisible();
  await expect(page.getByText("until whoever operates this Foyer has mended it")).toBeVisible();
  await look(page, "a provider that refuses");
  // The operator can mend it, and is told what is wrong.
  await org.sql("UPDATE account SET operator = true WHERE email = $1", [org.owner.email]);
  await page.goto(org.users);
  await expect(page.getByText("Its reason: the provider does not accept the API key")).toBeVisible();
  await look(page, "a provider that refuses, to the operator");
  await org.invite(someone("guest"));
  await expect(page.getByText("The email provider takes letters again")).toBeVisible();
  await expect(banner).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();
  await expect(banner).toBeHidden();
});

test("C10 the webhook hears the provider alone: nothing unsigned, no cookie, no long story", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  await inviteByDialog(page, org, guest);
  await rowSays(page, guest, "Sent · expires in 7 days");
  const [{ tags = [] } = {}] = await standIn<Accepted[]>(`letters?to=${encodeURIComponent(guest)}`);
  const body = JSON.stringify({
    type: "email.complained",
    created_at: new Date().toISOString(),
    data: { tags: { letter: tags[0]?.value } },
  });
  const hook = `${org.origin}/api/resend`;
  const post = (text: string, headers: Record<string, string> = {}) =>
    fetch(hook, { method: "POST", headers, body: text });
  const wrong = `whsec_${Buffer.from("another secret").toString("base64")}`;
  const unsigned: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    signatureOf(wrong, "msg_1", body),
  ];
  for (const headers of unsigned) {
    const answer = await post(body, headers);
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
  }
  expect((await post("x".repeat(70_000))).status).toBe(413);
  expect((await fetch(hook)).status).toBe(405);
  await page.reload();
  await expect(row(page, guest)).toContainText("Sent · expires in 7 days");
});

test("H2 a provider that asks to wait gets the letter when it said, once", async ({ page, org }) => {
  const guest = someone("guest");
  await order({ kind: "refuse", status: 429, name: "rate_limit_exceeded", retryAfter: 4 });
  const began = Date.now();
  await inviteByDialog(page, org, guest);
  await rowSays(page, guest, "Queued: the provider asks to wait");
  await rowSays(page, guest, "Sent · expires in 7 days");
  expect(Date.now() - began).toBeGreaterThan(4_000);
  expect(await standIn<Accepted[]>(`letters?to=${encodeURIComponent(guest)}`)).toHaveLength(1);
});

test("C10 an address that bounced for good gets no letters until somebody allows them again", async ({
  page,
  org,
  look,
}) => {
  const [lea, omar] = [someone("lea"), someone("omar")];
  const lettersTo = async (to: string) =>
    (await standIn<Accepted[]>(`letters?to=${encodeURIComponent(to)}`)).length;
  for (const guest of [lea, omar]) await org.invite(guest);
  for (const guest of [lea, omar]) await letterAtProvider(guest);
  const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1" };
  await standIn("tell", { to: [lea, omar], types: ["email.bounced"], bounce });
  await page.goto(`${org.users}/invitations`);
  await rowSays(page, lea, "mailbox does not exist");
  await rowSays(page, omar, "mailbox does not exist");

  await expect(row(page, lea)).toContainText("No letters are sent there: one bounced for good");
  await expect(row(page, lea).getByRole("button", { name: /^Resend/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await row(page, lea)
    .getByRole("button", { name: `Actions for ${lea}` })
    .click();
  await page.getByRole("menuitem", { name: "Allow letters again" }).click();
  await expect(page.getByText(`Letters to ${lea} are allowed again`)).toBeVisible();
  await expect(row(page, lea)).not.toContainText("No letters are sent there");
  await row(page, lea)
    .getByRole("button", { name: `Resend invitation to ${lea}` })
    .click();
  await expect.poll(() => lettersTo(lea), { timeout: 20_000 }).toBe(2);

  await row(page, omar)
    .getByRole("button", { name: `Actions for ${omar}` })
    .click();
  await page.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(page.getByText(`Invitation to ${omar} revoked`)).toBeVisible();
  const again = await openInvite(page);
  await again.getByLabel("Email").fill(omar);
  await again.getByRole("button", { name: "Send invitations" }).click();
  await expect(again).toContainText("A letter to this address bounced for good.");
  await look(page, "an address that bounced is not invited");
  expect(await lettersTo(omar)).toBe(1);
});

test("C10 a profile says that no letters are sent there, and allows them again", async ({
  page,
  org,
  look,
}) => {
  const guest = someone("guest");
  await inviteByDialog(page, org, guest);
  await rowSays(page, guest, "Sent · expires in 7 days");
  await standIn("tell", { to: guest, types: ["email.complained"] });
  await rowSays(page, guest, "Marked as spam");
  await page.goto(org.users);
  await expect(row(page, guest)).toContainText("No letters are sent there: one was marked as spam");
  await row(page, guest)
    .getByRole("link", { name: `Manage ${guest}` })
    .click();
  await expect(page.getByText("No letters to this address")).toBeVisible();
  await look(page, "no letters to this address");
  await page.getByRole("button", { name: "Allow letters again" }).click();
  await expect(page.getByText("No letters to this address")).toBeHidden();
  await expect(page.getByText("Letters to this address allowed again")).toBeVisible();
});

test("H2 with a provider nobody reads letters here: there is no mailbox, also for the operator", async ({
  page,
  org,
}) => {
  await org.sql("UPDATE account SET operator = true WHERE email = $1", [org.owner.email]);
  await page.goto(org.users);
  await expect(page.getByRole("link", { name: "Mailbox" })).toBeHidden();
  expect((await page.goto("/mailbox"))?.status()).toBe(404);
});
