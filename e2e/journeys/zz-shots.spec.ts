import { test } from "../fixtures";
import { someone } from "../house";
test("shots", async ({ page, house, visitor }) => {
  test.setTimeout(120_000);
  await house.sql("UPDATE organization SET new_user_invitations = true, support_address = 'help@contoso.test' WHERE slug = $1", [house.slug]);
  await house.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, message, key_id, digest, status, confirmed_at, stale)
     SELECT gen_random_uuid(), o.id, n || '@crowd.test', initcap(n) || ' Lind', CASE n WHEN 'rosa' THEN repeat('I start on Monday in the team of Mila. ', 8) WHEN 'kai' THEN 'Please' ELSE '' END, 1, sha256((o.id::text || n)::bytea), 'pending', now(), n = 'noor'
     FROM organization o, unnest(ARRAY['rosa','kai','noor','a-very-long-address-of-somebody-nobody-knows']) n WHERE o.slug = $1`, [house.slug]);
  const invitation = await house.invite(someone("lea"), "admin");
  const link = await house.copy(invitation, "link");
  await house.expire(invitation);
  const theirs = await visitor();
  for (const [w, scheme] of [[1280, "light"], [1280, "dark"], [320, "light"]] as const) {
    for (const one of [page, theirs]) {
      await one.setViewportSize({ width: w, height: 900 });
      await one.emulateMedia({ colorScheme: scheme });
    }
    await page.goto(`${house.users}/requests`);
    await page.locator(".request-gift summary").first().click();
    await page.screenshot({ path: `/tmp/shots/requests-${w}-${scheme}.png`, fullPage: true });
    await theirs.goto(`/o/${house.slug}/login`);
    await theirs.locator("summary", { hasText: "Request" }).click();
    await theirs.screenshot({ path: `/tmp/shots/login-${w}-${scheme}.png`, fullPage: true });
    await theirs.goto(link);
    await theirs.screenshot({ path: `/tmp/shots/expired-${w}-${scheme}.png`, fullPage: true });
  }
});
