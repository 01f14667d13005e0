import { randomInt } from "node:crypto";
import { actions } from "../access/listed";
import { post } from "../access/wire";
import { expect, test } from "../fixtures";
import { someone, type TestOrganization } from "../organization";

// Posted over HTTP as a page's script does, through the proxy that the installation trusts: what a client writes into the
// header itself stands further left.
async function send(org: TestOrganization, action: string, sent: Record<string, unknown>, ip: string) {
  const listed = actions().get(`action ${action}`);
  if (!listed) throw new Error(`There is no action ${action}.`);
  const page = listed.page.replace(/\[[^\]]+\]/g, "any");
  return (await post(org.origin, page, { id: listed.id, sent }, { ip })).answer;
}

const ask = (org: TestOrganization, ip: string, email = someone("rosa")) =>
  send(org, "lib/requests/actions.ts#requestInvitation", { organization: org.slug, email, name: "Rosa" }, ip);

const on = (org: TestOrganization) =>
  org.sql("UPDATE organization SET new_user_invitations = true WHERE slug = $1", [org.slug]);
const count = async (org: TestOrganization) =>
  (
    await org.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM invitation_request r JOIN organization o ON o.id = r.organization_id
       WHERE o.slug = $1`,
      [org.slug],
    )
  )[0]?.count;
const some = () => randomInt(1, 255);

test("E1 a direct post while requests are off does nothing", async ({ org, newIp }) => {
  expect(await ask(org, newIp())).toBe("requests-off");
  expect(await count(org)).toBe(0);
});

test("E2 three requests an hour from one client, whatever it writes into X-Forwarded-For; others are not concerned", async ({
  org,
  newIp,
}) => {
  await on(org);
  const ip = newIp();
  const answers = [];
  for (const invented of ["", "198.51.100.1, ", "198.51.100.2, 198.51.100.3, ", "127.0.0.1, "])
    answers.push(await ask(org, `${invented}${ip}`));
  expect(answers).toEqual(["done", "done", "done", "too-many"]);
  expect(await ask(org, newIp())).toBe("done");
  expect(await count(org)).toBe(4);
});

test("E2 an IPv6 network of one household, its /64, counts as one client", async ({ org }) => {
  await on(org);
  const net = `2001:db8:${some().toString(16)}:${some().toString(16)}`;
  for (const host of ["::1", "::2", ":a:b:c:d"]) expect(await ask(org, net + host)).toBe("done");
  expect(await ask(org, `${net}::ffff`)).toBe("too-many");
  expect(await ask(org, `${net.slice(0, -1)}${net.endsWith("0") ? "1" : "0"}::1`)).toBe("done");
});

test("E2 one request a day for one address, of whoever it is, and the page says when to come back", async ({
  org,
  visitor,
  newIp,
  look,
}) => {
  await on(org);
  for (const email of [someone("rosa"), org.owner.email]) {
    expect(await ask(org, newIp(), email)).toBe("done");
    expect(await ask(org, newIp(), email)).toBe("too-many");
    const page = await visitor();
    await page.goto(`/o/${org.slug}/login`);
    await page.locator("summary", { hasText: "Request an invitation" }).click();
    await page.getByLabel("Your email").fill(email.toUpperCase());
    await page.getByLabel("Your name").fill("Rosa");
    await page.getByRole("button", { name: "Request an invitation" }).click();
    await expect(page.getByText("Come back in 24 hours.")).toBeVisible();
    await look(page, "with a request too many");
  }
});

test("E2 five hundred who have not confirmed are enough for one organization", async ({ org, newIp }) => {
  await on(org);
  await org.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, status)
     SELECT gen_random_uuid(), o.id, 'p' || n || '@crowd.test', 'P', 1, sha256((o.id::text || n)::bytea), 'unconfirmed'
     FROM organization o, generate_series(1, 500) n WHERE o.slug = $1`,
    [org.slug],
  );
  expect(await ask(org, newIp())).toBe("too-many-open");
  await org.sql("DELETE FROM invitation_request WHERE email = 'p1@crowd.test'");
  expect(await ask(org, newIp())).toBe("done");
});

test("D6 wrong codes for a new invitation are counted with all wrong codes: ten a minute from one client", async ({
  org,
  newIp,
}) => {
  const ip = newIp();
  const code = "00000-00000-00000-00000";
  const send10 = ["requestNewInvitation", "confirmRequest"].flatMap((name) => Array<string>(5).fill(name));
  for (const name of send10) await send(org, `lib/requests/actions.ts#${name}`, { code }, ip);
  for (const name of ["requestNewInvitation", "confirmRequest"])
    expect(await send(org, `lib/requests/actions.ts#${name}`, { code }, ip)).toBe("too-many");
  expect(await send(org, "lib/requests/actions.ts#confirmRequest", { code }, newIp())).toBe("dead-link");
});
