import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { type E2EOrganization, uniqueAddress } from "../organization";

/** Returns the open dialog. A toast has the role "dialog" as well, and a type. */
function openDialog(page: Page) {
  return page.getByRole("dialog").and(page.locator(":not([data-type])"));
}

/** Creates a policy in the dialog of the policies page. */
async function createPolicy(
  page: Page,
  org: E2EOrganization,
  name: string,
  permissions: RegExp[],
  productPermissions = "",
): Promise<void> {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = openDialog(page);
  await dialog.getByLabel("Name").fill(name);
  for (const label of permissions) await dialog.getByRole("checkbox", { name: label }).check();
  if (productPermissions)
    await dialog.getByRole("textbox", { name: "Your product's permissions" }).fill(productPermissions);
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
}

/** Assigns a policy by its name, in the database. */
async function assignPolicy(org: E2EOrganization, email: string, policy: string): Promise<void> {
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN policy p USING (organization_id)
     WHERE m.email = $1 AND p.name = $2 AND p.organization_id = (SELECT id FROM organization WHERE slug = $3)`,
    [email, policy, org.slug],
  );
}

async function chooseAction(page: Page, policy: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${policy}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

const requestMe = (page: Page, org: E2EOrganization) => page.request.get(`/o/${org.slug}/api/me`);

test("A2 a policy with the product's own permission, assigned to a member, is returned by api/me at their next request", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await snapshot(page, "the built-in policies");
  await createPolicy(
    page,
    org,
    "Catalog readers",
    [/^View invitations/],
    "catalog.sources:read, catalog.sources:list",
  );
  await expect(page.getByRole("row", { name: /Catalog readers/ })).toContainText(
    "Your product: catalog.sources:list, catalog.sources:read",
  );

  const cy = await org.addMember("Cy", "member");
  const memberPage = await visitor();
  expect((await requestMe(memberPage, org)).status()).toBe(401);
  await org.signIn(memberPage.context(), cy);
  expect(await (await requestMe(memberPage, org)).json()).toMatchObject({
    account: { email: cy.email, name: cy.name },
    organization: { slug: org.slug, name: org.name },
    role: "member",
    permissions: [],
  });
  await assignPolicy(org, cy.email, "Catalog readers");
  const response = await requestMe(memberPage, org);
  expect(await response.json()).toMatchObject({
    role: "member",
    permissions: ["catalog.sources:list", "catalog.sources:read", "invitations:read"],
  });
  expect(response.headers()["cache-control"]).toBe("no-store");
  expect((await memberPage.request.get("/o/no-such-place/api/me")).status()).toBe(404);

  // With an unconfirmed address a member has no permissions from policies.
  await org.sql("UPDATE member SET address_confirmed = false WHERE email = $1", [cy.email]);
  expect(await (await requestMe(memberPage, org)).json()).toMatchObject({ role: "member", permissions: [] });
});

test("G2 an invalid permission stays in the dialog with its reason, and a duplicate name is refused", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = openDialog(page);
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Enter a name.");
  await dialog.getByLabel("Name").fill("manage ACCESS for organization (read)");
  await dialog.getByRole("checkbox", { name: /^View users/ }).check();
  const permissionsField = dialog.getByRole("textbox", { name: "Your product's permissions" });
  await permissionsField.fill("users:raed, catalog");
  await permissionsField.press("Enter");
  await expect(dialog.getByText("That's a built-in permission.")).toBeVisible();
  await snapshot(page, "invalid permissions");
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    "Use the form resource:action, like catalog.sources:read.",
  );
  for (const text of ["users:raed", "catalog"])
    await dialog.getByRole("button", { name: `Remove ${text}` }).click();
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText("An access policy with this name already exists.");
  await dialog.getByLabel("Name").fill("Readers of users");
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(page.getByRole("row", { name: /Readers of users/ })).toContainText("Users: view");
  await expect(page.getByRole("button", { name: "New access policy" })).toBeFocused();
});

test("G2 an ended session is reported in view, even below a long list of permissions", async ({
  page,
  org,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = openDialog(page);
  await dialog.getByLabel("Name").fill("Readers of the log");
  await dialog.getByRole("checkbox", { name: /^View and export activity/ }).check();
  await page.context().clearCookies();
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(dialog.getByText("Your session has ended.")).toBeInViewport();
  await expect(dialog.getByLabel("Name")).toHaveValue("Readers of the log");
  await org.signIn(page.context(), org.owner);
  await dialog.getByRole("button", { name: "Create access policy" }).click();
  await expect(page.getByText("Access policy Readers of the log created").first()).toBeVisible();
});

test("G2 editing and deleting a policy first say who loses what, and then take effect", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await createPolicy(page, org, "Inviters", [/^View users/, /^View invitations/, /^Invite people/]);
  const [cy, di] = [await org.addMember("Cy", "member"), await org.addMember("Di", "member")];
  const lea = uniqueAddress("lea");
  await org.invite(lea);
  for (const email of [cy.email, di.email, lea]) await assignPolicy(org, email, "Inviters");
  await assignPolicy(org, di.email, "Manage access for organization (Create)");
  await page.reload();
  await expect(page.getByRole("row", { name: /Inviters/ })).toContainText("3 people");

  await chooseAction(page, "Inviters", "Edit access policy");
  const dialog = openDialog(page);
  await dialog.getByRole("checkbox", { name: /^Invite people/ }).uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText(
    "2 people lose “Invite people”. 1 other keeps it through another policy or role.",
  );
  await snapshot(page, "the impact of an edit");
  await dialog.getByRole("button", { name: "Save anyway" }).click();
  await expect(page.getByRole("row", { name: /Inviters/ })).toContainText("Invitations: view");
  await expect(page.getByText("Access policy Inviters updated")).toBeVisible();

  const memberPage = await visitor();
  await org.signIn(memberPage.context(), cy);
  await memberPage.goto(org.usersPath);
  await expect(memberPage.getByRole("heading", { name: "Users" })).toBeVisible();
  await expect(memberPage.getByRole("button", { name: "New Invitation" })).toHaveCount(0);

  await chooseAction(page, "Inviters", "Delete access policy");
  await expect(dialog).toContainText(
    "2 people lose “View users”. 1 other keeps it through another policy or role.",
  );
  await snapshot(page, "the impact of deleting");
  await dialog.getByRole("button", { name: "Delete access policy" }).click();
  // An open dialog hides the rows from the accessibility tree, so wait until it is closed.
  await expect(page.getByText("Access policy Inviters deleted").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Inviters/ })).toHaveCount(0);
  expect((await memberPage.goto(org.usersPath))?.status()).toBe(403);
  await expect(memberPage.getByText("You don't have permission to view users.")).toBeVisible();
});

test("G2 two admins edit the same policy: the second one sees that it has changed", async ({ page, org }) => {
  await createPolicy(page, org, "Readers", [/^View users/]);
  await chooseAction(page, "Readers", "Edit access policy");
  await org.sql(
    "UPDATE policy SET version = 2, permissions = '{users:block}' WHERE name = 'Readers' AND organization_id = (SELECT id FROM organization WHERE slug = $1)",
    [org.slug],
  );
  const dialog = openDialog(page);
  await dialog.getByLabel("Name").fill("Readers of mine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Someone else just changed this access policy.");
});

test("A5 a member who only manages policies sees only that, can assign only their own permissions, and sees why", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await createPolicy(page, org, "Policy makers", [/^Manage access policies/, /^View users/]);
  await createPolicy(page, org, "Removers", [/^Remove users/]);
  const cy = await org.addMember("Cy", "member");
  await assignPolicy(org, cy.email, "Policy makers");
  const memberPage = await visitor();
  await org.signIn(memberPage.context(), cy);
  await memberPage.goto(`/o/${org.slug}/admin/policies`);
  const nav = memberPage.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link")).toHaveText(["Users", "Access policies"]);

  await memberPage.getByRole("button", { name: "Actions for Removers" }).click();
  await expect(memberPage.getByRole("menuitem", { name: /Edit access policy/ })).toContainText(
    "It gives more access than you have",
  );
  await memberPage.keyboard.press("Escape");
  await memberPage.getByRole("button", { name: "New access policy" }).click();
  const dialog = openDialog(memberPage);
  await expect(dialog.getByRole("checkbox", { name: /^Remove users/ })).toBeDisabled();
  await expect(
    dialog.getByText("You don't have this permission, so you can't grant it.").first(),
  ).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Your product's permissions" })).toHaveCount(0);
  await snapshot(memberPage, "a new policy of a member with few permissions");

  for (const [page, action] of [
    ["activity", "view and export activity"],
    ["settings", "change settings"],
  ]) {
    await memberPage.goto(`/o/${org.slug}/admin/${page}`);
    await expect(memberPage.getByText(`You don't have permission to ${action}.`)).toBeVisible();
  }
});
