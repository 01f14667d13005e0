import { randomInt } from "node:crypto";
import { listServerActions } from "../access/entry-points";
import { postAction } from "../access/http";
import { expect, test } from "../fixtures";
import { type E2EOrganization, uniqueAddress } from "../organization";

// Posts over HTTP as a page's script does, through the trusted proxy. What a client writes into X-Forwarded-For itself
// comes before the address that the proxy appends.
async function callAction(org: E2EOrganization, name: string, input: Record<string, unknown>, ip: string) {
  const action = listServerActions().get(`action ${name}`);
  if (!action) throw new Error(`Action ${name} does not exist.`);
  const page = action.page.replace(/\[[^\]]+\]/g, "any");
  return (await postAction(org.origin, page, { id: action.id, input }, { ip })).outcome;
}

const submitRequest = (org: E2EOrganization, ip: string, email = uniqueAddress("rosa")) =>
  callAction(
    org,
    "lib/requests/actions.ts#submitRequestAction",
    { organization: org.slug, email, name: "Rosa" },
    ip,
  );

const enableRequests = (org: E2EOrganization) =>
  org.sql("UPDATE organization SET new_user_invitations = true WHERE slug = $1", [org.slug]);
const countRequests = async (org: E2EOrganization) =>
  (
    await org.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM invitation_request r JOIN organization o ON o.id = r.organization_id
       WHERE o.slug = $1`,
      [org.slug],
    )
  )[0]?.count;
const randomHextet = () => randomInt(1, 255);

test("E1 a direct post while requests are off does nothing", async ({ org, newIp }) => {
  expect(await submitRequest(org, newIp())).toBe("requests-off");
  expect(await countRequests(org)).toBe(0);
});

test("E2 a client gets three requests per hour, whatever its X-Forwarded-For header says; other clients are not affected", async ({
  org,
  newIp,
}) => {
  await enableRequests(org);
  const ip = newIp();
  const outcomes = [];
  for (const spoofed of ["", "198.51.100.1, ", "198.51.100.2, 198.51.100.3, ", "127.0.0.1, "])
    outcomes.push(await submitRequest(org, `${spoofed}${ip}`));
  expect(outcomes).toEqual(["done", "done", "done", "too-many"]);
  expect(await submitRequest(org, newIp())).toBe("done");
  expect(await countRequests(org)).toBe(4);
});

test("E2 an IPv6 /64 network counts as one client", async ({ org }) => {
  await enableRequests(org);
  const network = `2001:db8:${randomHextet().toString(16)}:${randomHextet().toString(16)}`;
  for (const host of ["::1", "::2", ":a:b:c:d"])
    expect(await submitRequest(org, network + host)).toBe("done");
  expect(await submitRequest(org, `${network}::ffff`)).toBe("too-many");
  expect(await submitRequest(org, `${network.slice(0, -1)}${network.endsWith("0") ? "1" : "0"}::1`)).toBe(
    "done",
  );
});

test("E2 one request per day and address, with or without an account, and the page says when to try again", async ({
  org,
  visitor,
  newIp,
  snapshot,
}) => {
  await enableRequests(org);
  for (const email of [uniqueAddress("rosa"), org.owner.email]) {
    expect(await submitRequest(org, newIp(), email)).toBe("done");
    expect(await submitRequest(org, newIp(), email)).toBe("too-many");
    const page = await visitor();
    await page.goto(`/o/${org.slug}/login`);
    await page.locator("summary", { hasText: "Request an invitation" }).click();
    await page.getByLabel("Your email").fill(email.toUpperCase());
    await page.getByLabel("Your name").fill("Rosa");
    await page.getByRole("button", { name: "Request an invitation" }).click();
    await expect(page.getByText("Try again in 24 hours.")).toBeVisible();
    await snapshot(page, "with the request limit reached");
  }
});

test("E2 an organization accepts at most 500 unconfirmed requests", async ({ org, newIp }) => {
  await enableRequests(org);
  await org.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, status)
     SELECT gen_random_uuid(), o.id, 'p' || n || '@crowd.test', 'P', 1, sha256((o.id::text || n)::bytea), 'unconfirmed'
     FROM organization o, generate_series(1, 500) n WHERE o.slug = $1`,
    [org.slug],
  );
  expect(await submitRequest(org, newIp())).toBe("too-many-open");
  await org.sql("DELETE FROM invitation_request WHERE email = 'p1@crowd.test'");
  expect(await submitRequest(org, newIp())).toBe("done");
});

test("D6 unknown codes for a new invitation count with all other unknown codes: ten per minute and client", async ({
  org,
  newIp,
}) => {
  const ip = newIp();
  const code = "00000-00000-00000-00000";
  const tenCalls = ["requestNewInvitationAction", "confirmRequestAction"].flatMap((name) =>
    Array<string>(5).fill(name),
  );
  for (const name of tenCalls) await callAction(org, `lib/requests/actions.ts#${name}`, { code }, ip);
  for (const name of ["requestNewInvitationAction", "confirmRequestAction"])
    expect(await callAction(org, `lib/requests/actions.ts#${name}`, { code }, ip)).toBe("too-many");
  expect(await callAction(org, "lib/requests/actions.ts#confirmRequestAction", { code }, newIp())).toBe(
    "invalid-link",
  );
});
