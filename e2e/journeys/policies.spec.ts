import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone, type TestOrganization } from "../organization";

/** Makes a policy in the page's dialog. */
async function make(
  page: Page,
  org: TestOrganization,
  name: string,
  ticked: RegExp[],
  own = "",
): Promise<void> {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = page.locator(".dialog");
  await dialog.getByLabel("Name").fill(name);
  for (const sentence of ticked) await dialog.getByRole("checkbox", { name: sentence }).check();
  if (own) await dialog.getByRole("textbox", { name: "Permissions of your own product" }).fill(own);
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
}

/** Gives somebody a policy by its name, in the database. */
async function give(org: TestOrganization, email: string, policy: string): Promise<void> {
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN policy p USING (organization_id)
     WHERE m.email = $1 AND p.name = $2 AND p.organization_id = (SELECT id FROM organization WHERE slug = $3)`,
    [email, policy, org.slug],
  );
}

async function choose(page: Page, policy: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${policy}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

const me = (page: Page, org: TestOrganization) => page.request.get(`/o/${org.slug}/api/me`);

test("A2 a policy with a free string, given to a member, is seen at api/me by their next request", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await look(page, "the built-in policies");
  await make(page, org, "Catalog readers", [/See invitations/], "catalog.sources:read, catalog.sources:list");
  await expect(page.getByRole("row", { name: /Catalog readers/ })).toContainText(
    "Your product: catalog.sources:list, catalog.sources:read",
  );

  const cy = await org.seat("Cy", "member");
  const theirs = await visitor();
  expect((await me(theirs, org)).status()).toBe(401);
  await org.signIn(theirs.context(), cy);
  expect(await (await me(theirs, org)).json()).toMatchObject({
    account: { email: cy.email, name: cy.name },
    organization: { slug: org.slug, name: org.name },
    role: "member",
    permissions: [],
  });
  await give(org, cy.email, "Catalog readers");
  const answer = await me(theirs, org);
  expect(await answer.json()).toMatchObject({
    role: "member",
    permissions: ["catalog.sources:list", "catalog.sources:read", "invitations:read"],
  });
  expect(answer.headers()["cache-control"]).toBe("no-store");
  expect((await theirs.request.get("/o/no-such-place/api/me")).status()).toBe(404);

  // Who has not confirmed their address has Member's rights, and no policy's.
  await org.sql("UPDATE member SET address_confirmed = false WHERE email = $1", [cy.email]);
  expect(await (await me(theirs, org)).json()).toMatchObject({ role: "member", permissions: [] });
});

test("G2 what is no permission stays in the dialog with its reason, and a taken name is refused", async ({
  page,
  org,
  look,
}) => {
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = page.locator(".dialog");
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Name the policy.");
  await dialog.getByLabel("Name").fill("manage ACCESS for organization (read)");
  await dialog.getByRole("checkbox", { name: /See users/ }).check();
  const own = dialog.getByRole("textbox", { name: "Permissions of your own product" });
  await own.fill("users:raed, catalog");
  await own.press("Enter");
  await expect(dialog.getByText("Looks like one of Foyer's own permissions.")).toBeVisible();
  await look(page, "permissions that are none");
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText("It looks like catalog.sources:read.");
  for (const text of ["users:raed", "catalog"])
    await dialog.getByRole("button", { name: `Remove ${text}` }).click();
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(dialog.getByRole("alert")).toContainText("has this name already");
  await dialog.getByLabel("Name").fill("Readers of users");
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(page.getByRole("row", { name: /Readers of users/ })).toContainText("Users: see");
  await expect(page.getByRole("button", { name: "New access policy" })).toBeFocused();
});

test("G2 a session that ended is said where it is seen, also below a long list of permissions", async ({
  page,
  org,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/o/${org.slug}/admin/policies`);
  await page.getByRole("button", { name: "New access policy" }).click();
  const dialog = page.locator(".dialog");
  await dialog.getByLabel("Name").fill("Readers of the log");
  await dialog.getByRole("checkbox", { name: /See and export everything/ }).check();
  await page.context().clearCookies();
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(dialog.getByText("Your session has ended.")).toBeInViewport();
  await expect(dialog.getByLabel("Name")).toHaveValue("Readers of the log");
  await org.signIn(page.context(), org.owner);
  await dialog.getByRole("button", { name: "Make access policy" }).click();
  await expect(page.getByText("Access policy Readers of the log made").first()).toBeVisible();
});

test("G2 editing and deleting say beforehand who loses what, and then they lose it", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await make(page, org, "Inviters", [/See users/, /See invitations/, /^Invite people/]);
  const [cy, di] = [await org.seat("Cy", "member"), await org.seat("Di", "member")];
  const lea = someone("lea");
  await org.invite(lea);
  for (const email of [cy.email, di.email, lea]) await give(org, email, "Inviters");
  await give(org, di.email, "Manage access for organization (Create)");
  await page.reload();
  await expect(page.getByRole("row", { name: /Inviters/ })).toContainText("3 people");

  await choose(page, "Inviters", "Edit access policy");
  const dialog = page.locator(".dialog");
  await dialog.getByRole("checkbox", { name: /^Invite people/ }).uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText(
    "2 people lose invitations:create; 1 more keeps it by another policy or role.",
  );
  await look(page, "who loses what by an edit");
  await dialog.getByRole("button", { name: "Save all the same" }).click();
  await expect(page.getByRole("row", { name: /Inviters/ })).toContainText("Invitations: see");
  await expect(page.getByText("Access policy Inviters changed")).toBeVisible();

  const theirs = await visitor();
  await org.signIn(theirs.context(), cy);
  await theirs.goto(org.users);
  await expect(theirs.getByRole("heading", { name: "Users" })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "New Invitation" })).toHaveCount(0);

  await choose(page, "Inviters", "Delete access policy");
  await expect(dialog).toContainText("2 people lose users:read; 1 more keeps it by another policy or role.");
  await look(page, "who loses what by deleting");
  await dialog.getByRole("button", { name: "Delete access policy" }).click();
  // Behind an open dialog there are no rows for anybody: first it has to be gone.
  await expect(page.getByText("Access policy Inviters deleted").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Inviters/ })).toHaveCount(0);
  expect((await theirs.goto(org.users))?.status()).toBe(403);
  await expect(theirs.getByText("You need the permission users:read for this.")).toBeVisible();
});

test("G2 two who edit the same policy: the second is told that it was changed meanwhile", async ({
  page,
  org,
}) => {
  await make(page, org, "Readers", [/See users/]);
  await choose(page, "Readers", "Edit access policy");
  await org.sql(
    "UPDATE policy SET version = 2, permissions = '{users:block}' WHERE name = 'Readers' AND organization_id = (SELECT id FROM organization WHERE slug = $1)",
    [org.slug],
  );
  const dialog = page.locator(".dialog");
  await dialog.getByLabel("Name").fill("Readers of mine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Somebody has changed this access policy meanwhile.");
});

test("A5 who manages policies and no more sees that alone, gives only what they hold, and is told why not", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await make(page, org, "Policy makers", [/^Make, change and delete/, /See users/]);
  await make(page, org, "Removers", [/^Remove users/]);
  const cy = await org.seat("Cy", "member");
  await give(org, cy.email, "Policy makers");
  const theirs = await visitor();
  await org.signIn(theirs.context(), cy);
  await theirs.goto(`/o/${org.slug}/admin/policies`);
  const nav = theirs.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link")).toHaveText(["Users", "Access policies"]);

  await theirs.getByRole("button", { name: "Actions for Removers" }).click();
  await expect(theirs.getByRole("menuitem", { name: /Edit access policy/ })).toContainText(
    "It grants more than you hold yourself",
  );
  await theirs.keyboard.press("Escape");
  await theirs.getByRole("button", { name: "New access policy" }).click();
  const dialog = theirs.locator(".dialog");
  await expect(dialog.getByRole("checkbox", { name: /^Remove users/ })).toBeDisabled();
  await expect(dialog.getByText("You do not hold it, so you cannot give it.").first()).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Permissions of your own product" })).toHaveCount(0);
  await look(theirs, "a policy by who holds little");

  for (const [address, permission] of [
    ["activity", "audit:read"],
    ["settings", "settings:update"],
  ]) {
    await theirs.goto(`/o/${org.slug}/admin/${address}`);
    await expect(theirs.getByText(`You need the permission ${permission} for this.`)).toBeVisible();
  }
});
