import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone } from "../organization";

test("cold, Users, Invitations and Invitation requests load at most 190 kB of scripts, headers and all, and 40 kB of HTML", async ({
  page,
  org,
  visitor,
}) => {
  for (let at = 0; at < 3; at++) await org.invite(someone("lea"));
  await org.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, message, status, key_id, digest, confirmed_at)
     SELECT gen_random_uuid(), o.id, 'p' || n || '@people.test', 'Person ' || n, repeat('I start on Monday. ', 8), 'pending', 1,
            sha256((o.id::text || n)::bytea), now()
     FROM organization o, generate_series(1, 60) n WHERE o.slug = $1`,
    [org.slug],
  );
  const other = await visitor();
  const third = await visitor();
  for (const one of [other, third]) await org.signIn(one.context(), org.owner);
  for (const [cold, address] of [
    [page, `${org.users}/invitations`],
    [other, org.users],
    [third, `${org.users}/requests`],
  ] as const) {
    const { scripts, html } = await weigh(cold, address);
    expect(scripts, address).toBeLessThanOrEqual(190_000);
    expect(html, address).toBeLessThanOrEqual(40_000);
  }
});

test("cold, one's own page loads at most 190 kB of scripts and 40 kB of HTML", async ({ page, org: _ }) => {
  const { scripts, html } = await weigh(page, "/account");
  expect(scripts).toBeLessThanOrEqual(190_000);
  expect(html).toBeLessThanOrEqual(40_000);
});

test("cold, public pages load at most 150 kB of scripts", async ({ org, visitor }) => {
  const link = await org.copy(await org.invite(someone("lea")), "link");
  await org.sql("UPDATE organization SET new_user_invitations = true WHERE slug = $1", [org.slug]);
  for (const address of [link, "/login", "/join", `/o/${org.slug}/login`]) {
    const { scripts } = await weigh(await visitor(), address);
    expect(scripts, address).toBeLessThanOrEqual(150_000);
  }
});

/** The bytes on the wire until the page is at rest. */
async function weigh(page: Page, address: string): Promise<{ scripts: number; html: number }> {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map<string, string>();
  const bytes = { scripts: 0, html: 0 };
  wire.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, response.mimeType));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "";
    if (kind.includes("javascript")) bytes.scripts += encodedDataLength;
    if (kind === "text/html") bytes.html += encodedDataLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  expect(bytes.scripts, `no script was weighed on ${address}`).toBeGreaterThan(50_000);
  return bytes;
}
