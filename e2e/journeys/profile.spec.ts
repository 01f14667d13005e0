import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { type E2EOrganization, type TestUser, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

/** Returns the path of a user's profile. */
async function findProfilePath(org: E2EOrganization, email: string): Promise<string> {
  const [row] = await org.sql<{ id: string }>(
    "SELECT m.id FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.email = $2",
    [org.slug, email],
  );
  return `${org.usersPath}/${row?.id}`;
}

/** Assigns a built-in policy by the last word of its name, in the database. */
async function assignPolicy(org: E2EOrganization, email: string, policy: string): Promise<void> {
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN organization o ON o.id = m.organization_id
     JOIN policy p ON p.organization_id = o.id AND p.name LIKE '%(' || $3 || ')' WHERE o.slug = $1 AND m.email = $2`,
    [org.slug, email, policy],
  );
}

/** Opens a page in another browser where the user is logged in. */
async function openPageAs(
  org: E2EOrganization,
  person: TestUser,
  visitor: () => Promise<Page>,
): Promise<Page> {
  const page = await visitor();
  await org.signIn(page.context(), person);
  return page;
}

const statusBadge = (page: Page) => page.locator('[data-slot="profile-details"] [data-slot="badge"]');
const roleField = (page: Page) => page.getByLabel("Role", { exact: true });
const policyCheckbox = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: new RegExp(`\\(${name}\\)`) });
const saveButton = (page: Page) => page.getByRole("button", { name: "Save changes" });

/** Presses a button and confirms its dialog. */
async function confirm(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: label }).click();
}

test.describe("F2 the profile", () => {
  test("F2 shows the user's data, the source of each permission and the timeline, with destructive actions below", async ({
    page,
    org,
  }) => {
    const tom = await org.addMember("Tom", "member");
    await assignPolicy(org, tom.email, "Create");
    await page.goto(await findProfilePath(org, tom.email));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(tom.name);
    await expect(page.getByText(tom.email)).toBeVisible();
    await expect(statusBadge(page)).toHaveText("Active");
    await expect(policyCheckbox(page, "Create")).toBeChecked();
    const permissions = page.getByRole("region", { name: "Permissions" });
    await expect(permissions.getByText("From: Manage access for organization (Create)")).toBeVisible();
    await expect(permissions.getByText("invitations:create", { exact: true })).toBeVisible();
    const accessRegion = page.getByRole("region", { name: "Access", exact: true });
    await expect(accessRegion.getByRole("button")).toHaveText(["Block", "Remove user"]);

    await roleField(page).selectOption("admin");
    await policyCheckbox(page, "Read").check();
    await saveButton(page).click();
    await expect(page.getByText("Role and access policies saved")).toBeVisible();
    await expect(permissions.getByText("From: Role: Admin", { exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toContainText(
      `${org.owner.name} changed the role from Member to Admin (added Manage access for organization (Read))`,
    );
    await page.getByRole("main").getByRole("link", { name: "Users", exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: tom.email })).toContainText("Admin");
  });

  test("F2 blocking asks for confirmation: Escape returns the focus, and confirming updates the page immediately", async ({
    page,
    org,
    snapshot,
  }) => {
    const tom = await org.addMember("Tom", "member");
    await page.goto(await findProfilePath(org, tom.email));
    const block = page.getByRole("button", { name: "Block" });
    await block.focus();
    await page.keyboard.press("Enter");
    const confirmation = page.getByRole("alertdialog", { name: `Block ${tom.name}?` });
    await expect(confirmation.getByRole("button", { name: "Cancel" })).toBeFocused();
    await snapshot(page, "confirming a block");
    await page.keyboard.press("Escape");
    await expect(confirmation).toBeHidden();
    await expect(block).toBeFocused();
    await page.keyboard.press("Enter");
    await confirmation.getByRole("button", { name: "Block" }).focus();
    await page.keyboard.press("Enter");
    await expect(statusBadge(page)).toHaveText("Blocked");
    await expect(page.getByRole("heading", { name: "Access", exact: true })).toBeFocused();
    await snapshot(page, "blocked");
    await page.getByRole("button", { name: "Unblock" }).click();
    await expect(statusBadge(page)).toHaveText("Active");
  });

  test("F2 an invited user has the invitation's menu; revoked, with Undo; then invited again", async ({
    page,
    org,
    snapshot,
  }) => {
    const guest = uniqueAddress("lea");
    const link = await org.copyInvitation(await org.invite(guest), "link");
    await page.goto(await findProfilePath(org, guest));
    await expect(statusBadge(page)).toHaveText("Invited");
    await page.getByRole("button", { name: `Actions for ${guest}` }).click();
    await expect(page.getByRole("menuitem")).toHaveCount(5);
    await page.getByRole("menuitem", { name: "Resend invitation link" }).click();
    await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toContainText(
      "resent the invitation (1 of 3)",
    );

    const revoke = page.getByRole("button", { name: "Revoke invitation" });
    await revoke.focus();
    await page.keyboard.press("Enter");
    await expect(statusBadge(page)).toHaveText("Removed");
    await expect(page.getByRole("heading", { name: "Invite again" })).toBeFocused();
    await snapshot(page, "revoked");
    await page.getByRole("button", { name: `Undo revoking the invitation to ${guest}` }).click();
    await expect(statusBadge(page)).toHaveText("Invited");
    expect(await org.copyInvitation(await findOpenInvitation(org, guest), "link")).toBe(link);

    await revoke.click();
    await expect(statusBadge(page)).toHaveText("Removed");
    await roleField(page).selectOption("admin");
    await page.getByRole("button", { name: "Invite again" }).click();
    await expect(statusBadge(page)).toHaveText("Invited");
    await expect(page.locator('[data-slot="profile-details"]')).toContainText("Admin");
    expect(await org.copyInvitation(await findOpenInvitation(org, guest), "link")).not.toBe(link);
  });
});

async function findOpenInvitation(org: E2EOrganization, email: string): Promise<string> {
  const [row] = await org.sql<{ id: string }>(
    "SELECT id FROM invitation WHERE email = $1 AND settled_as IS NULL",
    [email],
  );
  return row?.id ?? "";
}

test("B7 an invited user's role changes before they join, and the same email lets them join with it", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("lea");
  await org.invite(guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, guest);
  await page.goto(await findProfilePath(org, guest));
  await roleField(page).selectOption("admin");
  await policyCheckbox(page, "Read").check();
  await expect(page.getByText("The invitation's link and code stay the same.")).toBeVisible();
  await saveButton(page).click();
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toContainText(
    "changed the role from Member to Admin",
  );
  await page.goto(`${org.usersPath}/invitations`);
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Admin");

  const invitee = await visitor();
  await invitee.goto(extractLink(email));
  await expect(invitee.getByText(`You'll join as an Admin with ${guest}.`)).toBeVisible();
  await invitee.getByLabel("Your name").fill("Lea Stein");
  await invitee.getByLabel("Password").fill("a lovely geese walk");
  await invitee.getByRole("button", { name: "Join your organization" }).click();
  await expect(invitee.getByText("Your role is Admin.")).toBeVisible();
  await expect(invitee.getByRole("link", { name: "Open Users" })).toBeVisible();
});

test.describe("F3 access ends immediately", () => {
  test("F3 the open page of a blocked user stops working in every tab, until they are unblocked", async ({
    page,
    org,
    visitor,
  }) => {
    const mila = await org.addMember("Mila", "admin");
    const guest = uniqueAddress("lea");
    await org.invite(guest);
    const milaPage = await openPageAs(org, mila, visitor);
    await milaPage.goto(`${org.usersPath}/invitations`);
    const other = await milaPage.context().newPage();
    await other.goto(org.usersPath);
    await page.goto(await findProfilePath(org, mila.email));
    await confirm(page, "Block");
    await expect(statusBadge(page)).toHaveText("Blocked");

    const before = await org.sql("SELECT * FROM invitation WHERE email = $1", [guest]);
    await milaPage.getByRole("button", { name: `Resend invitation to ${guest}` }).click();
    await expect(
      milaPage.getByText("Not found. It may have been deleted, or you no longer have access.").first(),
    ).toBeVisible();
    expect(await org.sql("SELECT * FROM invitation WHERE email = $1", [guest])).toEqual(before);
    expect((await other.goto(org.usersPath))?.status()).toBe(404);

    await page.getByRole("button", { name: "Unblock" }).click();
    await expect(statusBadge(page)).toHaveText("Active");
    expect((await other.goto(org.usersPath))?.status()).toBe(200);
    await expect(other.getByRole("button", { name: "New Invitation" })).toBeVisible();
  });

  test("F3 a removed user loses access with their open session; a demoted user sees which permission is missing", async ({
    page,
    org,
    visitor,
  }) => {
    const [mila, ben, tom] = [
      await org.addMember("Mila", "admin"),
      await org.addMember("Ben", "admin"),
      await org.addMember("Tom", "member"),
    ];
    const tomProfile = await findProfilePath(org, tom.email);
    const [milaPage, benPage] = [await openPageAs(org, mila, visitor), await openPageAs(org, ben, visitor)];
    for (const profilePage of [milaPage, benPage]) {
      await profilePage.goto(tomProfile);
      await roleField(profilePage).selectOption("admin");
    }
    await page.goto(await findProfilePath(org, mila.email));
    await confirm(page, "Remove user");
    await expect(statusBadge(page)).toHaveText("Removed");
    await page.goto(await findProfilePath(org, ben.email));
    await roleField(page).selectOption("member");
    await saveButton(page).click();
    await expect(page.locator('[data-slot="profile-details"]')).toContainText("Member");

    await saveButton(milaPage).click();
    await expect(
      milaPage.getByText("Not found. It may have been deleted, or you no longer have access."),
    ).toBeVisible();
    await saveButton(benPage).click();
    await expect(benPage.getByText("You don't have permission to assign roles")).toBeVisible();
    const [row] = await org.sql<{ role: string }>("SELECT role FROM member WHERE email = $1", [tom.email]);
    expect(row?.role).toBe("member");
    expect((await milaPage.goto(`/o/${org.slug}`))?.status()).toBe(404);
    expect((await benPage.goto(tomProfile))?.status()).toBe(403);
  });
});

test.describe("A4 an Owner remains", () => {
  test("A4 the last Owner can neither leave nor step down; with a second Owner they leave and lose access", async ({
    page,
    org,
    snapshot,
  }) => {
    const own = await findProfilePath(org, org.owner.email);
    await page.goto(own);
    await expect(page.getByRole("button", { name: "Leave organization" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await expect(page.getByText("You're the last Owner").first()).toBeVisible();
    await expect(roleField(page).locator("option")).toHaveText(["Owner"]);
    await snapshot(page, "the last Owner's own profile");
    await expect(page.getByRole("button", { name: "Block" })).toHaveCount(0);

    const ben = await org.addMember("Ben", "admin");
    await page.goto(await findProfilePath(org, ben.email));
    await roleField(page).selectOption("owner");
    await saveButton(page).click();
    await expect(page.locator('[data-slot="profile-details"]')).toContainText("Owner");
    await page.goto(own);
    await confirm(page, "Leave organization");
    await expect(page.getByRole("heading", { name: "You're not in an organization yet" })).toBeVisible();
    expect((await page.goto(org.usersPath))?.status()).toBe(404);
  });

  test("A4 a member without permissions leaves from the organization's page", async ({ org, visitor }) => {
    const tom = await org.addMember("Tom", "member");
    const page = await openPageAs(org, tom, visitor);
    await page.goto(`/o/${org.slug}`);
    await confirm(page, "Leave organization");
    await expect(page.getByRole("heading", { name: "You're not in an organization yet" })).toBeVisible();
  });

  test("A4 two Owners demote each other, one after the other: the second sees which permission is missing", async ({
    page,
    org,
    visitor,
  }) => {
    const ben = await org.addMember("Ben", "owner");
    const benPage = await openPageAs(org, ben, visitor);
    await benPage.goto(await findProfilePath(org, org.owner.email));
    await roleField(benPage).selectOption("member");
    await page.goto(await findProfilePath(org, ben.email));
    await roleField(page).selectOption("member");
    await saveButton(page).click();
    await expect(page.locator('[data-slot="profile-details"]')).toContainText("Member");
    await saveButton(benPage).click();
    await expect(benPage.getByText("You don't have permission to assign roles")).toBeVisible();
    const owners = await org.sql(
      "SELECT FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.role = 'owner'",
      [org.slug],
    );
    expect(owners).toHaveLength(1);
  });
});

test("A5 a user with read access sees which permissions are missing and who can give them, and sees no button", async ({
  org,
  visitor,
  snapshot,
}) => {
  const [samira, tom] = [await org.addMember("Samira", "member"), await org.addMember("Tom", "member")];
  await assignPolicy(org, samira.email, "Read");
  const page = await openPageAs(org, samira, visitor);
  await page.goto(await findProfilePath(org, tom.email));
  await expect(
    page.getByText(
      "You don't have permission to assign roles, access policies and your product's permissions, block and unblock users, or remove users. Ask an Owner or Admin.",
    ),
  ).toBeVisible();
  for (const name of ["Save changes", "Block", "Remove user"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await expect(roleField(page)).toHaveCount(0);
  await snapshot(page, "read-only");
});

test("A3 an Admin cannot change an Owner, and sees why", async ({ org, visitor, snapshot }) => {
  const page = await openPageAs(org, await org.addMember("Mila", "admin"), visitor);
  await page.goto(await findProfilePath(org, org.owner.email));
  for (const name of ["Block", "Remove user"])
    await expect(page.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("Only an Owner can change, block or remove an Owner.")).toHaveCount(3);
  await snapshot(page, "an Owner's profile, seen by an Admin");
});

test("A1 a member with the Create policy can invite", async ({ page, org, visitor }) => {
  const tom = await org.addMember("Tom", "member");
  const tomPage = await openPageAs(org, tom, visitor);
  expect((await tomPage.goto(org.usersPath))?.status()).toBe(403);
  await page.goto(await findProfilePath(org, tom.email));
  await policyCheckbox(page, "Create").check();
  await saveButton(page).click();
  await expect(page.getByText("Role and access policies saved")).toBeVisible();

  const guest = uniqueAddress("lea");
  await tomPage.goto(org.usersPath);
  await tomPage.getByRole("button", { name: "New Invitation" }).click();
  const dialog = tomPage.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
});

test("two admins edit one profile: the second one sees it, and nothing of theirs is saved", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const [mila, tom] = [await org.addMember("Mila", "admin"), await org.addMember("Tom", "member")];
  const address = await findProfilePath(org, tom.email);
  const milaPage = await openPageAs(org, mila, visitor);
  await milaPage.goto(address);
  await policyCheckbox(milaPage, "Delete").check();
  await page.goto(address);
  await policyCheckbox(page, "Read").check();
  await saveButton(page).click();
  await expect(page.getByText("Role and access policies saved")).toBeVisible();
  await saveButton(milaPage).click();
  await expect(milaPage.getByText("Someone else just changed this user.")).toBeVisible();
  await snapshot(milaPage, "changed by someone else");
  await milaPage.reload();
  await expect(policyCheckbox(milaPage, "Read")).toBeChecked();
  await expect(policyCheckbox(milaPage, "Delete")).not.toBeChecked();
});
