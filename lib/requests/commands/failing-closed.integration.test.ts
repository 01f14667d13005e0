import { afterAll, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { createTestOrganization, expireInvitation, uniqueEmail } from "@/lib/organizations/fixture";
import { requestNewInvitation } from "@/lib/requests/commands/request-new-invitation";
import { submitRequest } from "@/lib/requests/commands/submit";
import { newIp, setAcceptsRequests } from "@/lib/requests/fixture";
import { createIsolatedDatabase } from "@/scripts/isolated-database";

let dropDatabase: (() => Promise<void>) | undefined;
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
  await dropDatabase?.();
});

test("E2 without the rate-limit table, requests fail and no email is enqueued", async () => {
  ({ drop: dropDatabase } = await createIsolatedDatabase());
  await prepareQueue();
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  const lea = await org.invite();
  await expireInvitation(lea.invitation);
  await db().$executeRaw`ALTER TABLE rate_limit RENAME TO rate_limit_away`;
  const input = { organization: org.slug, email: uniqueEmail("rosa"), name: "Rosa", message: "" };
  await expect(submitRequest(newIp(), input)).rejects.toThrow();
  await expect(requestNewInvitation(newIp(), lea.code)).rejects.toThrow();
  expect(await db().invitationRequest.count()).toBe(0);
  await db().$executeRaw`ALTER TABLE rate_limit_away RENAME TO rate_limit`;
  expect(await submitRequest(newIp(), input)).toMatchObject({ ok: true });
});
