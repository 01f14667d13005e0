import { expect, test } from "../fixtures";
import { createE2EOrganization } from "../organization";

test("D3 home leads to the login page, to the only organization, or to a choice of several", async ({
  org,
  visitor,
  snapshot,
}) => {
  const person = await org.addMember("Mona", "member");
  const page = await visitor();
  await page.goto("/");
  await expect(page).toHaveURL("/login?callbackUrl=%2F");
  await org.signIn(page.context(), person);
  await page.goto("/");
  await expect(page).toHaveURL(`/o/${org.slug}`);

  const second = await createE2EOrganization(org.installation);
  await second.addMembership(person, "admin");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
  await snapshot(page, "several organizations");
  await page.getByRole("link", { name: second.name }).click();
  // A user who can view users starts there; their access is listed on the organization's own page.
  await expect(page).toHaveURL(second.usersPath);
  await page.goto(`/o/${second.slug}`);
  await expect(page.getByRole("heading", { name: `Welcome to ${second.name}` })).toBeVisible();
  await expect(page.getByText("Your role is Admin.")).toBeVisible();

  // Removed from both organizations: an account without a membership.
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [person.email]);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "You're not in an organization yet" })).toBeVisible();
  await snapshot(page, "no organization");
  expect((await page.goto(`/o/${org.slug}`))?.status()).toBe(404);
  await second.close();
});
