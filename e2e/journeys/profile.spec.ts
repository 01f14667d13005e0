import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { type Person, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";

/** The address of somebody's profile. */
async function profileOf(org: TestOrganization, email: string): Promise<string> {
  const [row] = await org.sql<{ id: string }>(
    "SELECT m.id FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.email = $2",
    [org.slug, email],
  );
  return `${org.users}/${row?.id}`;
}

/** Gives a built-in policy by the last word of its name. */
async function give(org: TestOrganization, email: string, policy: string): Promise<void> {
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN organization o ON o.id = m.organization_id
     JOIN policy p ON p.organization_id = o.id AND p.name LIKE '%(' || $3 || ')' WHERE o.slug = $1 AND m.email = $2`,
    [org.slug, email, policy],
  );
}

/** The same organization in somebody else's browser. */
async function browserOf(org: TestOrganization, person: Person, visitor: () => Promise<Page>): Promise<Page> {
  const page = await visitor();
  await org.signIn(page.context(), person);
  return page;
}

const status = (page: Page) => page.locator(".facts .badge");
const role = (page: Page) => page.getByLabel("Role", { exact: true });
const policy = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: new RegExp(`\\(${name}\\)`) });
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });

/** Presses a button that asks first, and answers the question with the same word. */
async function confirm(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: label }).click();
}

test.describe("F2 the profile", () => {
  test("F2 says who it is, where each permission comes from and what happened; what ends it stands apart below", async ({
    page,
    org,
  }) => {
    const tom = await org.seat("Tom", "member");
    await give(org, tom.email, "Create");
    await page.goto(await profileOf(org, tom.email));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(tom.name);
    await expect(page.getByText(tom.email)).toBeVisible();
    await expect(status(page)).toHaveText("Active");
    await expect(policy(page, "Create")).toBeChecked();
    const permissions = page.getByRole("region", { name: "Permissions" });
    await expect(permissions.getByText("From Manage access for organization (Create)")).toBeVisible();
    await expect(permissions.getByText("invitations:create", { exact: true })).toBeVisible();
    const below = page.getByRole("region", { name: "Access", exact: true });
    await expect(below.getByRole("button")).toHaveText(["Block", "Remove user"]);

    await role(page).selectOption("admin");
    await policy(page, "Read").check();
    await save(page).click();
    await expect(page.getByText("Role and access policies saved")).toBeVisible();
    await expect(permissions.getByText("From the role Admin", { exact: true })).toBeVisible();
    await expect(page.locator(".timeline > li").first()).toContainText(
      `Role changed from Member to Admin; given Manage access for organization (Read) by ${org.owner.name}`,
    );
    await page.getByRole("link", { name: "Users" }).and(page.locator(".back")).click();
    await expect(page.getByRole("row").filter({ hasText: tom.email })).toContainText("Admin");
  });

  test("F2 a question before blocking: Escape gives the focus back, and a yes changes the page at once", async ({
    page,
    org,
    look,
  }) => {
    const tom = await org.seat("Tom", "member");
    await page.goto(await profileOf(org, tom.email));
    const block = page.getByRole("button", { name: "Block" });
    await block.focus();
    await page.keyboard.press("Enter");
    const question = page.getByRole("alertdialog", { name: `Block ${tom.name}?` });
    await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
    await look(page, "asking before a block");
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(block).toBeFocused();
    await page.keyboard.press("Enter");
    await question.getByRole("button", { name: "Block" }).focus();
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText("Blocked");
    await expect(page.getByRole("heading", { name: "Access", exact: true })).toBeFocused();
    await look(page, "blocked");
    await page.getByRole("button", { name: "Unblock" }).click();
    await expect(status(page)).toHaveText("Active");
  });

  test("F2 an invited user carries the invitation's menu; revoked below, with Undo; then invited again", async ({
    page,
    org,
    look,
  }) => {
    const guest = someone("lea");
    const link = await org.copy(await org.invite(guest), "link");
    await page.goto(await profileOf(org, guest));
    await expect(status(page)).toHaveText("Invited");
    await page.getByRole("button", { name: `Actions for ${guest}` }).click();
    await expect(page.getByRole("menuitem")).toHaveCount(5);
    await page.getByRole("menuitem", { name: "Resend invitation link" }).click();
    await expect(page.locator(".timeline > li").first()).toContainText("Invitation resent, 1 of 3");

    const revoke = page.getByRole("button", { name: "Revoke invitation" });
    await revoke.focus();
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText("Removed");
    await expect(page.getByRole("heading", { name: "Invite again" })).toBeFocused();
    await look(page, "revoked");
    await page.getByRole("button", { name: `Undo revoking the invitation of ${guest}` }).click();
    await expect(status(page)).toHaveText("Invited");
    expect(await org.copy(await openInvitation(org, guest), "link")).toBe(link);

    await revoke.click();
    await expect(status(page)).toHaveText("Removed");
    await role(page).selectOption("admin");
    await page.getByRole("button", { name: "Invite again" }).click();
    await expect(status(page)).toHaveText("Invited");
    await expect(page.locator(".facts")).toContainText("Admin");
    expect(await org.copy(await openInvitation(org, guest), "link")).not.toBe(link);
  });
});

async function openInvitation(org: TestOrganization, email: string): Promise<string> {
  const [row] = await org.sql<{ id: string }>(
    "SELECT id FROM invitation WHERE email = $1 AND settled_as IS NULL",
    [email],
  );
  return row?.id ?? "";
}

test("B7 an invited user's role is changed before they join, and the same letter lets them in with it", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("lea");
  await org.invite(guest);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, guest);
  await page.goto(await profileOf(org, guest));
  await role(page).selectOption("admin");
  await policy(page, "Read").check();
  await expect(page.getByText("The invitation’s link and code stay the same.")).toBeVisible();
  await save(page).click();
  await expect(page.locator(".timeline > li").first()).toContainText("Role changed from Member to Admin");
  await page.goto(`${org.users}/invitations`);
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Admin");

  const invitee = await visitor();
  await invitee.goto(linkIn(letter));
  await expect(invitee.getByText(`You will join as Admin, using ${guest}.`)).toBeVisible();
  await invitee.getByLabel("Your name").fill("Lea Stein");
  await invitee.getByLabel("Password").fill("a lovely geese walk");
  await invitee.getByRole("button", { name: "Join your organization" }).click();
  await expect(invitee.getByText("Your role is Admin.")).toBeVisible();
  await expect(invitee.getByRole("link", { name: "Open Users" })).toBeVisible();
});

test.describe("F3 access ends at once", () => {
  test("F3 a blocked person's open page does nothing any more, in any tab, until they are unblocked", async ({
    page,
    org,
    visitor,
  }) => {
    const mila = await org.seat("Mila", "admin");
    const guest = someone("lea");
    await org.invite(guest);
    const hers = await browserOf(org, mila, visitor);
    await hers.goto(`${org.users}/invitations`);
    const other = await hers.context().newPage();
    await other.goto(org.users);
    await page.goto(await profileOf(org, mila.email));
    await confirm(page, "Block");
    await expect(status(page)).toHaveText("Blocked");

    const before = await org.sql("SELECT * FROM invitation WHERE email = $1", [guest]);
    await hers.getByRole("button", { name: `Resend invitation to ${guest}` }).click();
    await expect(
      hers.getByText("This does not exist, or you no longer have access to it.").first(),
    ).toBeVisible();
    expect(await org.sql("SELECT * FROM invitation WHERE email = $1", [guest])).toEqual(before);
    expect((await other.goto(org.users))?.status()).toBe(404);

    await page.getByRole("button", { name: "Unblock" }).click();
    await expect(status(page)).toHaveText("Active");
    expect((await other.goto(org.users))?.status()).toBe(200);
    await expect(other.getByRole("button", { name: "New Invitation" })).toBeVisible();
  });

  test("F3 a removed person is out, and their cookie opens nothing here; a demoted one is told which right is missing", async ({
    page,
    org,
    visitor,
  }) => {
    const [mila, ben, tom] = [
      await org.seat("Mila", "admin"),
      await org.seat("Ben", "admin"),
      await org.seat("Tom", "member"),
    ];
    const toms = await profileOf(org, tom.email);
    const [milas, bens] = [await browserOf(org, mila, visitor), await browserOf(org, ben, visitor)];
    for (const one of [milas, bens]) {
      await one.goto(toms);
      await role(one).selectOption("admin");
    }
    await page.goto(await profileOf(org, mila.email));
    await confirm(page, "Remove user");
    await expect(status(page)).toHaveText("Removed");
    await page.goto(await profileOf(org, ben.email));
    await role(page).selectOption("member");
    await save(page).click();
    await expect(page.locator(".facts")).toContainText("Member");

    await save(milas).click();
    await expect(milas.getByText("This does not exist, or you no longer have access to it.")).toBeVisible();
    await save(bens).click();
    await expect(bens.getByText("You need the permission roles:assign")).toBeVisible();
    const [row] = await org.sql<{ role: string }>("SELECT role FROM member WHERE email = $1", [tom.email]);
    expect(row?.role).toBe("member");
    expect((await milas.goto(`/o/${org.slug}`))?.status()).toBe(404);
    expect((await bens.goto(toms))?.status()).toBe(403);
  });
});

test.describe("A4 an Owner remains", () => {
  test("A4 the last Owner can neither leave nor step down; with a second one they leave, and are out", async ({
    page,
    org,
    look,
  }) => {
    const own = await profileOf(org, org.owner.email);
    await page.goto(own);
    await expect(page.getByRole("button", { name: "Leave organization" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await expect(page.getByText("You are the last Owner").first()).toBeVisible();
    await expect(role(page).locator("option")).toHaveText(["Owner"]);
    await look(page, "the last Owner's own");
    await expect(page.getByRole("button", { name: "Block" })).toHaveCount(0);

    const ben = await org.seat("Ben", "admin");
    await page.goto(await profileOf(org, ben.email));
    await role(page).selectOption("owner");
    await save(page).click();
    await expect(page.locator(".facts")).toContainText("Owner");
    await page.goto(own);
    await confirm(page, "Leave organization");
    await expect(page.getByRole("heading", { name: "You are in no organization" })).toBeVisible();
    expect((await page.goto(org.users))?.status()).toBe(404);
  });

  test("A4 whoever has no more than a place leaves from the page of their organization", async ({
    org,
    visitor,
  }) => {
    const tom = await org.seat("Tom", "member");
    const page = await browserOf(org, tom, visitor);
    await page.goto(`/o/${org.slug}`);
    await confirm(page, "Leave organization");
    await expect(page.getByRole("heading", { name: "You are in no organization" })).toBeVisible();
  });

  test("A4 two Owners who demote each other, one after the other: the second is told what they lost", async ({
    page,
    org,
    visitor,
  }) => {
    const ben = await org.seat("Ben", "owner");
    const bens = await browserOf(org, ben, visitor);
    await bens.goto(await profileOf(org, org.owner.email));
    await role(bens).selectOption("member");
    await page.goto(await profileOf(org, ben.email));
    await role(page).selectOption("member");
    await save(page).click();
    await expect(page.locator(".facts")).toContainText("Member");
    await save(bens).click();
    await expect(bens.getByText("You need the permission roles:assign")).toBeVisible();
    const owners = await org.sql(
      "SELECT FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.role = 'owner'",
      [org.slug],
    );
    expect(owners).toHaveLength(1);
  });
});

test("A5 who may only look is told which rights are missing and who can give them, and sees no button", async ({
  org,
  visitor,
  look,
}) => {
  const [samira, tom] = [await org.seat("Samira", "member"), await org.seat("Tom", "member")];
  await give(org, samira.email, "Read");
  const page = await browserOf(org, samira, visitor);
  await page.goto(await profileOf(org, tom.email));
  await expect(
    page.getByText(
      `You need the permissions roles:assign, users:block and users:remove to change anything here. An Owner or Admin of ${org.name} can give them to you.`,
    ),
  ).toBeVisible();
  for (const name of ["Save changes", "Block", "Remove user"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await expect(role(page)).toHaveCount(0);
  await look(page, "read-only");
});

test("A3 an Admin cannot touch an Owner, and is told why", async ({ org, visitor, look }) => {
  const page = await browserOf(org, await org.seat("Mila", "admin"), visitor);
  await page.goto(await profileOf(org, org.owner.email));
  for (const name of ["Block", "Remove user"])
    await expect(page.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("Only an Owner changes, blocks or removes an Owner.")).toHaveCount(3);
  await look(page, "an Owner's, seen by an Admin");
});

test("A1 a member who is given the Create policy invites somebody", async ({ page, org, visitor }) => {
  const tom = await org.seat("Tom", "member");
  const toms = await browserOf(org, tom, visitor);
  expect((await toms.goto(org.users))?.status()).toBe(403);
  await page.goto(await profileOf(org, tom.email));
  await policy(page, "Create").check();
  await save(page).click();
  await expect(page.getByText("Role and access policies saved")).toBeVisible();

  const guest = someone("lea");
  await toms.goto(org.users);
  await toms.getByRole("button", { name: "New Invitation" }).click();
  const dialog = toms.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
});

test("two people edit one profile: the second notices, and nothing of theirs is written", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const [mila, tom] = [await org.seat("Mila", "admin"), await org.seat("Tom", "member")];
  const address = await profileOf(org, tom.email);
  const milas = await browserOf(org, mila, visitor);
  await milas.goto(address);
  await policy(milas, "Delete").check();
  await page.goto(address);
  await policy(page, "Read").check();
  await save(page).click();
  await expect(page.getByText("Role and access policies saved")).toBeVisible();
  await save(milas).click();
  await expect(milas.getByText("Somebody else changed this user a moment ago.")).toBeVisible();
  await look(milas, "changed meanwhile");
  await milas.reload();
  await expect(policy(milas, "Read")).toBeChecked();
  await expect(policy(milas, "Delete")).not.toBeChecked();
});
