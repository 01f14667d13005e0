import { expect, test } from "../fixtures";
import { createTestOrganization, someone } from "../organization";
import { badge, openInvite, paste, row } from "../screens";

test("B2 New Invitation takes many addresses, typed and pasted, however they are separated", async ({
  page,
  org,
  look,
}) => {
  const [ann, bob, cleo, dan, eve, finn] = ["ann", "bob", "cleo", "dan", "eve", "finn"].map(someone);
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await look(page, "New Invitation, empty");
  const field = dialog.getByLabel("Email");
  await field.pressSequentially(`${ann},${bob};`);
  await paste(page, `Cleo Lee <${cleo}>\n${dan} "Eve, the first" <${eve}>`);
  await field.pressSequentially(`${finn?.toUpperCase()} `);

  await expect(dialog.getByRole("list", { name: "Added" }).getByRole("listitem")).toHaveText([
    ...[ann, bob, cleo, dan, eve, finn].map((address) => address ?? ""),
  ]);
  await dialog.getByRole("button", { name: "Send 6 invitations" }).click();
  await expect(dialog.getByText("6 people are invited")).toBeVisible();
  await look(page, "New Invitation, sent");
  const rows = await org.sql(
    "SELECT email FROM invitation i JOIN organization o ON o.id = i.organization_id WHERE slug = $1 ORDER BY email",
    [org.slug],
  );
  expect(rows).toEqual([ann, bob, cleo, dan, eve, finn].sort().map((email) => ({ email })));
});

test("B2 role and access policies are chosen there, and stand in both lists", async ({ page, org }) => {
  const guest = someone("guest");
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByLabel("Role").selectOption("Admin");
  await dialog.getByLabel("Manage access for organization (Read)").check();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(row(page, guest)).toContainText("Admin");
  await expect(row(page, guest)).toContainText("Manage access for organization (Read)");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(row(page, guest)).toContainText("Admin");
});

test("B3 every address gets its answer: what failed stays in the dialog with its reason, what succeeded is sent", async ({
  page,
  org,
  look,
}) => {
  const [fresh, invited, expired] = [someone("fresh"), someone("invited"), someone("expired")];
  await org.invite(invited);
  await org.expire(await org.invite(expired));
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await paste(page, `${fresh}, ${invited}, ${org.owner.email}, ${expired}, nobody@, a@b@c.test`);
  await dialog.getByRole("button", { name: "Send 4 invitations" }).click();

  await expect(dialog.getByText("2 people are invited")).toBeVisible();
  await expect(dialog).toContainText(`${expired}: The earlier invitation had expired; invited again.`);
  const left = dialog.getByRole("list", { name: "Added" }).getByRole("listitem");
  await expect(left).toHaveText([
    new RegExp(`${invited}.*Already invited\\.`),
    new RegExp(`${org.owner.email}.*Already a user of this organization\\.`),
    /nobody@.*Not an email address\./,
    /a@b@c\.test.*Has more than one @\./,
  ]);
  await look(page, "New Invitation, partly refused");

  // Mended in place: a press on the red one takes it back into the field.
  const mended = someone("mended");
  await dialog.getByRole("button", { name: /^Edit nobody@:/ }).click();
  await expect(dialog.getByLabel("Email")).toHaveValue("nobody@");
  await dialog.getByLabel("Email").fill(mended);
  await dialog.getByLabel("Email").press("Enter");
  for (const address of [invited, org.owner.email, "a@b@c.test"])
    await dialog.getByRole("button", { name: `Remove ${address}` }).click();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${mended} is invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  for (const address of [fresh, mended, expired]) await expect(badge(page, address)).toHaveText("Invited");
});

test("B3 somebody blocked, a refused domain and today's limit each say so, and nothing is sent", async ({
  page,
  org,
}) => {
  const blocked = await org.seat("Bruno", "member");
  const weary = someone("weary");
  await org.sql("UPDATE member SET status = 'blocked' WHERE email = $1", [blocked.email]);
  await org.sql("UPDATE organization SET refused_domains = '{refused.test}' WHERE slug = $1", [org.slug]);
  for (let letter = 1; letter <= 5; letter++) {
    const other = await createTestOrganization(org.installation);
    await other.invite(weary);
    await other.close();
  }
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await paste(page, `${blocked.email} somebody@refused.test ${weary}`);
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();
  await expect(dialog.getByRole("list", { name: "Added" }).getByRole("listitem")).toHaveText([
    /Blocked here\. Unblock this person instead of inviting them\./,
    /This organization does not invite addresses of this domain\./,
    /Has got 5 letters within a day\. Try again tomorrow\./,
  ]);
  const made = await org.sql(
    "SELECT FROM invitation i JOIN organization o ON o.id = i.organization_id WHERE slug = $1",
    [org.slug],
  );
  expect(made).toEqual([]);
});

test("B6 the page warns that an address must belong to one person and that a code works once", async ({
  page,
  org,
}) => {
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await expect(dialog).toContainText("Each address must belong to one person. Codes work once.");
});

test("B7 the invited person appears at once in Users and Invitations, which say how their letter fares", async ({
  page,
  org,
  look,
}) => {
  const guest = someone("guest");
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(badge(page, guest)).toHaveText("Invited");

  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(badge(page, guest)).toHaveText("Pending");
  await expect(row(page, guest).locator(".expiry-ring")).toBeVisible();
  await expect(row(page, guest).getByRole("img", { name: "0 of 3 resends used" })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(row(page, guest)).toContainText("Not delivered: no email provider · expires in 7 days", {
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await look(page, "with an invitation");
});

test("typed addresses are not thrown away without a question", async ({ page, org, look }) => {
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill("half an addre");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Discard what you typed?" });
  await expect(question).toBeVisible();
  await look(page, "New Invitation, the question");
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog.getByText("half", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await question.getByRole("button", { name: "Discard" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeFocused();
});

test.describe("without a connection", () => {
  test.use({ expectedConsole: /net::ERR_INTERNET_DISCONNECTED/ });

  test("B3 a server out of reach is said in the dialog, which keeps what was typed and sends it afterwards", async ({
    page,
    org,
    look,
  }) => {
    const guest = someone("guest");
    await page.goto(org.users);
    const dialog = await openInvite(page);
    await dialog.getByLabel("Email").fill(guest);
    await page.context().setOffline(true);
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByRole("alert")).toHaveText(
      "The server could not be reached. Send again: who was invited is not invited twice.",
    );
    await expect(dialog.getByText(guest, { exact: true })).toBeVisible();
    await page.context().setOffline(false);
    await look(page, "New Invitation, out of reach");
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  });
});

test("B3 whoever was signed out meanwhile is told so in the dialog, which keeps what was typed", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await org.sql("DELETE FROM session s USING account a WHERE a.id = s.account_id AND a.email = $1", [
    org.owner.email,
  ]);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByText(guest, { exact: true })).toBeVisible();
});
