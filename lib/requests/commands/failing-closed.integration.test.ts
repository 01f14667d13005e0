import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { requestNewInvitation } from "@/lib/requests/commands/request-new-invitation";
import { submitRequest } from "@/lib/requests/commands/submit";
import { setAcceptsRequests } from "@/lib/requests/fixture";
import { createTestOrganization, expireInvitation, uniqueEmail, uniqueIp } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

test("E2 without the rate-limit table, requests fail and no email is enqueued", async () => {
  await createIsolatedDatabase();
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  const lea = await org.invite();
  await expireInvitation(lea.invitation);
  await db().$executeRaw`ALTER TABLE rate_limit RENAME TO rate_limit_away`;
  const input = {
    organization: org.slug,
    email: uniqueEmail("rosa"),
    name: "Rosa",
    message: "",
    language: "en" as const,
  };
  await expect(submitRequest(uniqueIp(), input)).rejects.toThrow();
  await expect(requestNewInvitation(uniqueIp(), lea.code)).rejects.toThrow();
  expect(await db().invitationRequest.count()).toBe(0);
  await db().$executeRaw`ALTER TABLE rate_limit_away RENAME TO rate_limit`;
  expect(await submitRequest(uniqueIp(), input)).toMatchObject({ ok: true });
});
