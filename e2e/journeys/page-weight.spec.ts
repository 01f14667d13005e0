import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { uniqueAddress } from "../organization";

test("with a cold cache the three lists load at most 190 kB of scripts, including headers, and 40 kB of HTML", async ({
  page,
  org,
  visitor,
}) => {
  for (let index = 0; index < 3; index++) await org.invite(uniqueAddress("lea"));
  await org.sql(
    `INSERT INTO invitation_request (id, organization_id, email, name, message, status, key_id, digest, confirmed_at)
     SELECT gen_random_uuid(), o.id, 'p' || n || '@people.test', 'Person ' || n, repeat('I start on Monday. ', 8), 'pending', 1,
            sha256((o.id::text || n)::bytea), now()
     FROM organization o, generate_series(1, 60) n WHERE o.slug = $1`,
    [org.slug],
  );
  const other = await visitor();
  const third = await visitor();
  for (const tab of [other, third]) await org.signIn(tab.context(), org.owner);
  for (const [cold, address] of [
    [page, `${org.usersPath}/invitations`],
    [other, org.usersPath],
    [third, `${org.usersPath}/requests`],
  ] as const) {
    const { scripts, html } = await measureTransfer(cold, address);
    expect(scripts, address).toBeLessThanOrEqual(190_000);
    expect(html, address).toBeLessThanOrEqual(40_000);
  }
});

test("with a cold cache the account page loads at most 190 kB of scripts and 40 kB of HTML", async ({
  page,
  org: _,
}) => {
  const { scripts, html } = await measureTransfer(page, "/account");
  expect(scripts).toBeLessThanOrEqual(190_000);
  expect(html).toBeLessThanOrEqual(40_000);
});

test("with a cold cache public pages load at most 150 kB of scripts", async ({ org, visitor }) => {
  const link = await org.copyInvitation(await org.invite(uniqueAddress("lea")), "link");
  await org.sql("UPDATE organization SET new_user_invitations = true WHERE slug = $1", [org.slug]);
  for (const address of [link, "/login", "/join", `/o/${org.slug}/login`]) {
    const { scripts } = await measureTransfer(await visitor(), address);
    expect(scripts, address).toBeLessThanOrEqual(150_000);
  }
});

/** Returns the transferred bytes until the network is idle, including headers. */
async function measureTransfer(page: Page, address: string): Promise<{ scripts: number; html: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const mimeTypes = new Map<string, string>();
  const bytes = { scripts: 0, html: 0 };
  session.on("Network.responseReceived", ({ requestId, response }) =>
    mimeTypes.set(requestId, response.mimeType),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const mimeType = mimeTypes.get(requestId) ?? "";
    if (mimeType.includes("javascript")) bytes.scripts += encodedDataLength;
    if (mimeType === "text/html") bytes.html += encodedDataLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  expect(bytes.scripts, `no script was measured on ${address}`).toBeGreaterThan(50_000);
  return bytes;
}
