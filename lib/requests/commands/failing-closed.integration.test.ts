import { afterAll, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";
import { ask } from "@/lib/requests/commands/ask";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { newIp, switchOn } from "@/lib/requests/fixture";
import { ownDatabase } from "@/scripts/own-database";

let drop: (() => Promise<void>) | undefined;
afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await drop?.();
});

test("E2 without the counters of the limits nobody asks, and no letter is owed", async () => {
  ({ drop } = await ownDatabase());
  await prepareQueue();
  const org = await createTestOrganization();
  await switchOn(org);
  const lea = await org.invite();
  await expire(lea.invitation);
  await db().$executeRaw`ALTER TABLE rate_limit RENAME TO rate_limit_away`;
  const input = { organization: org.slug, email: someone("rosa"), name: "Rosa", message: "" };
  await expect(ask(newIp(), input)).rejects.toThrow();
  await expect(askAgain(newIp(), lea.code)).rejects.toThrow();
  expect(await db().invitationRequest.count()).toBe(0);
  await db().$executeRaw`ALTER TABLE rate_limit_away RENAME TO rate_limit`;
  expect(await ask(newIp(), input)).toMatchObject({ ok: true });
});
