import { randomInt } from "node:crypto";
import { actions } from "../access/listed";
import { post } from "../access/wire";
import { expect, test } from "../fixtures";
import { type House, someone } from "../house";

// Posted over HTTP as a page's script does, through the proxy that the installation trusts: what a client writes into the
// header itself stands further left.
async function send(house: House, action: string, sent: Record<string, unknown>, ip: string) {
  const listed = actions().get(`action ${action}`);
  if (!listed) throw new Error(`There is no action ${action}.`);
  const page = listed.page.replace(/\[[^\]]+\]/g, "any");
  return (await post(house.origin, page, { id: listed.id, sent }, { ip })).answer;
}

const ask = (house: House, ip: string, email = someone("rosa")) =>
  send(
    house,
    "lib/requests/actions.ts#requestInvitation",
    { organization: house.slug, email, name: "Rosa" },
    ip,
  );

const on = (house: House) =>
  house.sql("UPDATE organization SET new_user_invitations = true WHERE slug = $1", [house.slug]);
const count = async (house: House) =>
  (
    await house.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM invitation_request r JOIN organization o ON o.id = r.organization_id
       WHERE o.slug = $1`,
      [house.slug],
    )
  )[0]?.count;
const some = () => randomInt(1, 255);

test("E1 a direct post while requests are off does nothing", async ({ house, newIp }) => {
  expect(await ask(house, newIp())).toBe("requests-off");
  expect(await count(house)).toBe(0);
});

test("E2 three requests an hour from one client, whatever it writes into X-Forwarded-For; others are not concerned", async ({
  house,
  newIp,
}) => {
  await on(house);
  const ip = newIp();
  const answers = [];
  for (const invented of ["", "198.51.100.1, ", "198.51.100.2, 198.51.100.3, ", "127.0.0.1, "])
    answers.push(await ask(house, `${invented}${ip}`));
  expect(answers).toEqual(["done", "done", "done", "too-many"]);
  expect(await ask(house, newIp())).toBe("done");
  expect(await count(house)).toBe(4);
});

test("E2 an IPv6 network of one household, its /64, counts as one client", async ({ house }) => {
  await on(house);
  const net = `2001:db8:${some().toString(16)}:${some().toString(16)}`;
  for (const host of ["::1", "::2", ":a:b:c:d"]) expect(await ask(house, net + host)).toBe("done");
  expect(await ask(house, `${net}::ffff`)).toBe("too-many");
  expect(await ask(house, `${net.slice(0, -1)}${net.endsWith("0") ? "1" : "0"}::1`)).toBe("done");
});

test("E2 one request a day for one address, of whoever it is, and the page says when to come back", async ({
  house,
  visitor,
  newIp,
  look,
}) => {
  await on(house);
  for (const email of [someone("rosa"), house.owner.email]) {
    expect(await ask(house, newIp(), email)).toBe("done");
    expect(await ask(house, newIp(), email)).toBe("too-many");
    const page = await visitor();
    await page.goto(`/o/${house.slug}/login`);
    await page.locator("summary", { hasText: "Request an invitation" }).click();
    await page.getByLabel("Your email").fill(email.toUpperCase());
    await page.getByLabel("Your name").fill("Rosa");
    await page.getByRole("button", { name: "Request an invitation" }).click();
    await expect(page.getByText("Come back in 24 hours.")).toBeVisible();
    await look(page, "with a request too many");
  }
});

test("E2 five hundred who have not confirmed are enough for one organization", async ({ house, newIp }) => {
  await on(house);
  await house.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, status)
     SELECT gen_random_uuid(), o.id, 'p' || n || '@crowd.test', 'P', 1, sha256((o.id::text || n)::bytea), 'unconfirmed'
     FROM organization o, generate_series(1, 500) n WHERE o.slug = $1`,
    [house.slug],
  );
  expect(await ask(house, newIp())).toBe("too-many-open");
  await house.sql("DELETE FROM invitation_request WHERE email = 'p1@crowd.test'");
  expect(await ask(house, newIp())).toBe("done");
});

test("D6 wrong codes for a new invitation are counted with all wrong codes: ten a minute from one client", async ({
  house,
  newIp,
}) => {
  const ip = newIp();
  const code = "00000-00000-00000-00000";
  const send10 = ["requestNewInvitation", "confirmRequest"].flatMap((name) => Array<string>(5).fill(name));
  for (const name of send10) await send(house, `lib/requests/actions.ts#${name}`, { code }, ip);
  for (const name of ["requestNewInvitation", "confirmRequest"])
    expect(await send(house, `lib/requests/actions.ts#${name}`, { code }, ip)).toBe("too-many");
  expect(await send(house, "lib/requests/actions.ts#confirmRequest", { code }, newIp())).toBe("dead-link");
});
