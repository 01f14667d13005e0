import { expect, test } from "../fixtures";
import { findRow, openInviteDialog, pasteText, statusBadge } from "../locators";
import { createE2EOrganization, uniqueAddress } from "../organization";

test("B2 New Invitation accepts many addresses, typed and pasted, with any separator", async ({
  page,
  org,
  snapshot,
}) => {
  const [ann, bob, cleo, dan, eve, finn] = ["ann", "bob", "cleo", "dan", "eve", "finn"].map(uniqueAddress);
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await snapshot(page, "New Invitation, empty");
  const field = dialog.getByLabel("Email");
  await field.pressSequentially(`${ann},${bob};`);
  await pasteText(page, `Cleo Lee <${cleo}>\n${dan} "Lee, Eve" <${eve}>`);
  await field.pressSequentially(`${finn?.toUpperCase()} `);

  await expect(dialog.getByRole("list", { name: "Added" }).getByRole("listitem")).toHaveText([
    `${ann}`,
    `${bob}`,
    `${cleo}Cleo Lee`,
    `${dan}`,
    `${eve}Eve Lee`,
    `${finn}`,
  ]);
  await dialog.getByRole("button", { name: "Send 6 invitations" }).click();
  await expect(dialog.getByText("6 people invited")).toBeVisible();
  await snapshot(page, "New Invitation, sent");
  const rows = await org.sql(
    "SELECT email FROM invitation i JOIN organization o ON o.id = i.organization_id WHERE slug = $1 ORDER BY email",
    [org.slug],
  );
  expect(rows).toEqual([ann, bob, cleo, dan, eve, finn].sort().map((email) => ({ email })));
});

test("B2 B11 a long pasted list can be searched, counts its duplicates, and loses its problems at once", async ({
  page,
  org,
  snapshot,
}) => {
  const addresses = Array.from({ length: 40 }, (_, index) => uniqueAddress(`p${index}`));
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").focus();
  await pasteText(page, [...addresses, "ann@x", "bob@", "a@@b.test"].join("\n"));
  await expect(dialog.getByText("43 added, 3 need fixing")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Email" })).toBeInViewport();
  await pasteText(page, addresses.slice(0, 2).join("\n"));
  await expect(dialog.getByText("2 already added")).toBeVisible();
  const list = dialog.getByRole("list", { name: "Added" }).getByRole("listitem");
  await expect(list).toHaveCount(43);
  await snapshot(page, "New Invitation, a long list");
  await dialog.getByLabel("Search the entries").fill("p39-");
  await expect(list).toHaveCount(1);
  await dialog.getByRole("button", { name: "Remove all problems (3)" }).click();
  await dialog.getByLabel("Search the entries").fill("");
  await expect(list).toHaveCount(40);
  await dialog.getByRole("button", { name: "Send 40 invitations" }).click();
  await expect(dialog.getByText("40 people invited")).toBeVisible();
});

test("B2 role and access policies are chosen in the dialog and shown in both lists", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByLabel("Role").selectOption("Admin");
  await dialog.getByLabel("Manage access for organization (Read)").check();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(findRow(page, guest)).toContainText("Admin");
  await expect(findRow(page, guest)).toContainText("Manage access for organization (Read)");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(findRow(page, guest)).toContainText("Admin");
});

test("B3 every address gets its result: failed ones stay in the dialog with the reason, the others are sent", async ({
  page,
  org,
  snapshot,
}) => {
  const [newAddress, invited, expired] = [
    uniqueAddress("fresh"),
    uniqueAddress("invited"),
    uniqueAddress("expired"),
  ];
  await org.invite(invited);
  await org.expire(await org.invite(expired));
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await pasteText(page, `${newAddress}, ${invited}, ${org.owner.email}, ${expired}, invalid@, a@b@c.test`);
  await dialog.getByRole("button", { name: "Send 4 invitations" }).click();

  await expect(dialog.getByText("2 people invited")).toBeVisible();
  await expect(dialog).toContainText(`${expired} had an expired invitation and was invited again.`);
  const left = dialog.getByRole("list", { name: "Added" }).getByRole("listitem");
  await expect(left).toHaveText([
    new RegExp(`${invited}.*Already invited\\.`),
    new RegExp(`${org.owner.email}.*Already a user of this organization\\.`),
    /invalid@.*Not a valid email address\./,
    /a@b@c\.test.*Contains more than one @\./,
  ]);
  await snapshot(page, "New Invitation, partly refused");

  // Corrected in place: clicking an invalid tag moves it back into the field.
  const corrected = uniqueAddress("corrected");
  await dialog.getByRole("button", { name: /^Edit invalid@:/ }).click();
  await expect(dialog.getByLabel("Email")).toHaveValue("invalid@");
  await dialog.getByLabel("Email").fill(corrected);
  await dialog.getByLabel("Email").press("Enter");
  for (const address of [invited, org.owner.email, "a@b@c.test"])
    await dialog.getByRole("button", { name: `Remove ${address}` }).click();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${corrected} invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  for (const address of [newAddress, corrected, expired])
    await expect(statusBadge(page, address)).toHaveText("Invited");
});

test("B3 a blocked user, a refused domain and the daily limit each give their reason, and nothing is sent", async ({
  page,
  org,
}) => {
  const blocked = await org.addMember("Bruno", "member");
  const overLimit = uniqueAddress("weary");
  await org.sql("UPDATE member SET status = 'blocked' WHERE email = $1", [blocked.email]);
  await org.sql("UPDATE organization SET refused_domains = '{refused.test}' WHERE slug = $1", [org.slug]);
  for (let count = 1; count <= 5; count++) {
    const other = await createE2EOrganization(org.installation);
    await other.invite(overLimit);
    await other.close();
  }
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await pasteText(page, `${blocked.email} guest@refused.test ${overLimit}`);
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();
  await expect(dialog.getByRole("list", { name: "Added" }).getByRole("listitem")).toHaveText([
    /This person is blocked\. Unblock them instead\./,
    /Invitations to this domain aren't allowed\./,
    /This address has reached today's limit of 5 emails\. Try again tomorrow\./,
  ]);
  const invitations = await org.sql(
    "SELECT FROM invitation i JOIN organization o ON o.id = i.organization_id WHERE slug = $1",
    [org.slug],
  );
  expect(invitations).toEqual([]);
});

test("B6 the page warns that an address must belong to one person and that a code works once", async ({
  page,
  org,
}) => {
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await expect(dialog).toContainText("Each address must belong to one person. Codes work once.");
});

test("B7 the invitee appears immediately in Users and Invitations, with the delivery status of their email", async ({
  page,
  org,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(statusBadge(page, guest)).toHaveText("Invited");

  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(statusBadge(page, guest)).toHaveText("Pending");
  await expect(findRow(page, guest).locator("circle[data-lit]")).toBeVisible();
  await expect(findRow(page, guest).getByRole("img", { name: "0 of 3 resends used" })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(findRow(page, guest)).toContainText("Not delivered: no email provider · expires in 7 days", {
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await snapshot(page, "with an invitation");
});

test("typed addresses are not discarded without confirmation", async ({ page, org, snapshot }) => {
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill("half an addre");
  await page.keyboard.press("Escape");
  const confirmation = page.getByRole("alertdialog", { name: "Discard your changes?" });
  await expect(confirmation).toBeVisible();
  await snapshot(page, "New Invitation, discard confirmation");
  await confirmation.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog.getByText("half an addre", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await confirmation.getByRole("button", { name: "Discard" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeFocused();
});

test.describe("without a connection", () => {
  test.use({ expectedConsole: /net::ERR_INTERNET_DISCONNECTED/ });

  test("B3 an unreachable server is reported in the dialog, which keeps the input and sends it afterwards", async ({
    page,
    org,
    snapshot,
  }) => {
    const guest = uniqueAddress("guest");
    await page.goto(org.usersPath);
    const dialog = await openInviteDialog(page);
    await dialog.getByLabel("Email").fill(guest);
    await page.context().setOffline(true);
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByRole("alert")).toHaveText(
      "Couldn't reach the server. Try again; nobody will be invited twice.",
    );
    await expect(dialog.getByText(guest, { exact: true })).toBeVisible();
    await page.context().setOffline(false);
    await snapshot(page, "New Invitation, server unreachable");
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  });
});

test("B3 an ended session is reported in the dialog, which keeps the input", async ({ page, org }) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await org.sql("DELETE FROM session s USING account a WHERE a.id = s.account_id AND a.email = $1", [
    org.owner.email,
  ]);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByText(guest, { exact: true })).toBeVisible();
});
