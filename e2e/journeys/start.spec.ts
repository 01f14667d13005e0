import { expect, test } from "../fixtures";
import { createTestOrganization } from "../organization";

test("D3 the start leads to login, to the only organization, or lets one choose among several", async ({
  org,
  visitor,
  look,
}) => {
  const person = await org.seat("Mona", "member");
  const page = await visitor();
  await page.goto("/");
  await expect(page).toHaveURL("/login?callbackUrl=%2F");
  await org.signIn(page.context(), person);
  await page.goto("/");
  await expect(page).toHaveURL(`/o/${org.slug}`);

  const second = await createTestOrganization(org.installation);
  await second.welcome(person, "admin");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
  await look(page, "several organizations");
  await page.getByRole("link", { name: second.name }).click();
  // Whoever may read users begins there; what they may do stands on the organization's own page.
  await expect(page).toHaveURL(second.users);
  await page.goto(`/o/${second.slug}`);
  await expect(page.getByRole("heading", { name: `You are in ${second.name}` })).toBeVisible();
  await expect(page.getByText("Your role is Admin.")).toBeVisible();

  // Removed from both: an account without a place.
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [person.email]);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "You are in no organization" })).toBeVisible();
  await look(page, "no organization");
  expect((await page.goto(`/o/${org.slug}`))?.status()).toBe(404);
  await second.close();
});
