import { describe, expect, test } from "vitest";
import { setUpStandIn } from "@/e2e/stand-in/test-setup";
import { db } from "@/lib/db/client";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import { findSendJobs, runSendJob } from "@/lib/mail/fixture";
import { sendBatch } from "@/lib/mail/send-batch";
import { startWorkers } from "@/lib/workers/workers";
import { createTestOrganization } from "@/test/factories";

const { control, sentEmails, calls } = setUpStandIn();

describe("a call with an unknown result", () => {
  const faults = [
    { kind: "lose-response" },
    { kind: "reset" },
    { kind: "refuse", status: 500, name: "internal_server_error" },
    { kind: "refuse", status: 409, name: "concurrent_idempotent_requests" },
  ];

  test.for(faults)(
    "$kind $status: retried with the same key and bytes, and the emails are sent once",
    async (fault) => {
      const org = await createTestOrganization();
      const batch = await org.inviteBatch("lea", "omar");
      await control("faults", fault);
      await runSendJob(batch);
      expect((await org.deliveries()).lea?.delivery).toBe("queued");
      // Even if the content would be different now.
      await db().organization.update({ where: { id: org.id }, data: { name: "Renamed" } });
      await runSendJob(batch);

      const recorded = await calls();
      expect(recorded).toHaveLength(2);
      expect(new Set(recorded.map(({ key, hash }) => `${key} ${hash}`)).size).toBe(1);
      expect(await sentEmails()).toHaveLength(2);
      expect((await org.deliveries()).lea?.delivery).toBe("sent");
    },
  );

  test("an email that an earlier version stored without headers is repeated without them", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "reset" });
    await runSendJob(batch);
    await db()
      .$executeRaw`UPDATE email_message SET payload = payload - 'headers' WHERE batch_id = ${batch}::uuid`;
    await runSendJob(batch);
    const [email] = await sentEmails();
    expect(email?.text).toContain("Open this link to join your organization:");
    expect(email).not.toHaveProperty("headers");
  });

  test("a rate-limited retry keeps its key, because a new one could send twice", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea", "omar");
    await control("faults", { kind: "lose-response" });
    await control("faults", { kind: "refuse", status: 429, retryAfter: 0 });
    for (let i = 0; i < 3; i++) await runSendJob(batch);
    const recorded = await calls();
    expect(recorded.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(new Set(recorded.map(({ key, hash }) => `${key} ${hash}`)).size).toBe(1);
    expect(await sentEmails()).toHaveLength(2);
    expect((await org.deliveries()).lea?.delivery).toBe("sent");
  });

  test.for([401, 403, 400, 422])(
    "a retry rejected with %i makes the status unknown, not failed, and an event resolves it",
    async (status) => {
      const org = await createTestOrganization();
      const batch = await org.inviteBatch("lea");
      await control("faults", { kind: "lose-response" });
      await control("faults", { kind: "refuse", status, name: "validation_error", times: 9 });
      for (let i = 0; i < 3; i++) await runSendJob(batch);
      expect(await calls()).toHaveLength(2);
      expect((await org.deliveries()).lea).toMatchObject({
        delivery: "unknown",
        detail: expect.stringMatching(/^no response to an earlier attempt; now: .*Refused on command/),
      });
      const { id } = await db().emailMessage.findFirstOrThrow({ where: { batchId: batch } });
      await applyDeliveryEvent({ id: `msg_${id}`, type: "delivered", at: new Date() }, id);
      expect((await org.deliveries()).lea).toMatchObject({ delivery: "delivered", detail: null });
    },
  );

  test("it is retried automatically with backoff", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "reset", times: 3 });
    await sendBatch({ batch });
    await sendBatch({ batch, tries: 1 });
    await sendBatch({ batch, tries: 9 });
    expect((await findSendJobs(batch)).map(({ wait }) => wait)).toEqual([0, 1, 2, 60]);
  });

  test("after 24 hours the status is unknown, and the email is not sent again automatically", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "lose-response" });
    await runSendJob(batch);
    await db().$executeRaw`
      UPDATE email_batch SET called_at = called_at - interval '25 hours' WHERE id = ${batch}::uuid`;
    await runSendJob(batch);
    expect(await calls()).toHaveLength(1);
    expect((await org.deliveries()).lea).toEqual({
      delivery: "unknown",
      detail: "no confirmation from the email provider for 24 hours; resend it if it didn't arrive",
      state: "unknown",
    });

    // An admin can resend it.
    const { id: invitation } = await db().invitation.findFirstOrThrow({
      where: { organizationId: org.id },
    });
    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    const { batchId } = await db().emailMessage.findFirstOrThrow({
      where: { organizationId: org.id, kind: "resent" },
    });
    await runSendJob(batchId);
    expect((await org.deliveries()).lea?.delivery).toBe("sent");
  });

  test("an event that arrives before the result of the call is not overwritten", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "lose-response" });
    await runSendJob(batch);
    await db().emailMessage.updateMany({ where: { batchId: batch }, data: { state: "delivered" } });
    await runSendJob(batch);
    expect(new Set((await calls()).map(({ hash }) => hash)).size).toBe(1);
    expect((await org.deliveries()).lea).toMatchObject({ delivery: "delivered", state: "delivered" });
  });
});

test("after an outage of ten minutes every email is sent once, and none is reported as failed", async () => {
  const org = await createTestOrganization();
  const batches = [await org.inviteBatch("lea", "omar"), await org.inviteBatch("zoe")];
  await control("outage", { minutes: 10 });
  // The workers also process jobs of earlier tests.
  const people = ["lea", "omar", "zoe"].map(org.address);
  const arrived = async () => (await sentEmails()).filter(({ to }) => people.includes(to));
  const workers = await startWorkers();
  try {
    await expect.poll(async () => (await calls()).length, { timeout: 30_000 }).toBeGreaterThan(2);
    const waiting = {
      delivery: "queued",
      detail: expect.stringContaining("the email provider didn't respond"),
    };
    // A call is recorded before its result is stored.
    await expect.poll(org.deliveries, { timeout: 30_000 }).toMatchObject({ lea: waiting, zoe: waiting });
    await control("advance", { hours: 1 / 6 });
    await expect.poll(async () => (await arrived()).length, { timeout: 30_000 }).toBe(3);
  } finally {
    await workers.stop();
  }
  expect(Object.values(await org.deliveries()).map(({ delivery }) => delivery)).toEqual(
    Array(3).fill("sent"),
  );
  // The result of an interrupted call is unknown, so each batch kept its key.
  const keys = (await calls()).map(({ key }) => key ?? "");
  const ours = keys.filter((key) => batches.some((id) => key.startsWith(id)));
  expect(new Set(ours)).toEqual(new Set(batches.map((id) => `${id}:0`)));
}, 90_000);
