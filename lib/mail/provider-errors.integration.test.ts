import { describe, expect, test } from "vitest";
import { setUpStandIn } from "@/e2e/stand-in/test-setup";
import { db } from "@/lib/db/client";
import { findSendJobs, runSendJob } from "@/lib/mail/fixture";
import { findProviderError } from "@/lib/mail/queries";
import { sendBatch } from "@/lib/mail/send-batch";
import { createTestOrganization, makeOperator } from "@/test/factories";

const { control, sentEmails, calls } = setUpStandIn();

describe("errors of the provider", () => {
  test("429: retried under a new key after the requested wait, and no process calls before", async () => {
    const org = await createTestOrganization();
    const [batch, other] = [await org.inviteBatch("lea"), await org.inviteBatch("omar")];
    await control("faults", { kind: "refuse", retryAfter: 30 });
    await runSendJob(batch);
    expect((await findSendJobs(batch)).map(({ wait }) => wait)).toEqual([0, 30]);
    expect((await org.deliveries()).lea).toMatchObject({
      delivery: "queued",
      detail: expect.stringContaining("the email provider is rate limiting"),
    });

    await runSendJob(other);
    expect(await calls()).toHaveLength(1);
    expect((await findSendJobs(other)).at(-1)?.wait).toBeGreaterThanOrEqual(29);

    await db().sendThrottle.deleteMany();
    await runSendJob(batch);
    const recorded = await calls();
    expect(recorded.map(({ key }) => key)).toEqual([`${batch}:0`, `${batch}:1`]);
    expect((await org.deliveries()).lea).toEqual({ delivery: "sent", detail: null, state: "sent" });
  });

  test("429 without retry-after: retried with backoff, and no process calls before", async () => {
    const org = await createTestOrganization();
    const [batch, other] = [await org.inviteBatch("lea"), await org.inviteBatch("omar")];
    await control("faults", { kind: "refuse", times: 4 });
    for (let tries = 0; tries < 4; tries += 1) {
      await db().sendThrottle.deleteMany();
      await sendBatch({ batch, tries });
    }
    expect((await findSendJobs(batch)).map(({ wait }) => wait)).toEqual([0, 1, 2, 4, 8]);

    await runSendJob(other);
    expect(await calls()).toHaveLength(4);
    expect((await findSendJobs(other)).at(-1)?.wait).toBeGreaterThanOrEqual(7);

    await db().sendThrottle.deleteMany();
    await runSendJob(batch);
    expect((await org.deliveries()).lea).toEqual({ delivery: "sent", detail: null, state: "sent" });
  });

  test("429 with a retry-after of years: retried within an hour", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "refuse", retryAfter: 1e9 });
    await runSendJob(batch);
    expect((await findSendJobs(batch)).at(-1)?.wait).toBe(3_600);
  });

  test.for([401, 403, 422])(
    "%i: the emails fail immediately with the reason, without retries",
    async (status) => {
      const org = await createTestOrganization();
      const batch = await org.inviteBatch("lea");
      await control("faults", { kind: "refuse", status, name: "validation_error", times: 9 });
      await runSendJob(batch);
      await runSendJob(batch);
      expect(await calls()).toHaveLength(1);
      expect((await org.deliveries()).lea).toEqual({
        delivery: "failed",
        detail: expect.stringContaining(`Refused on command with ${status}.`),
        state: "failed",
      });
      expect(await findSendJobs(batch)).toHaveLength(1);
    },
  );

  test("C10 the error of a provider that rejects everything is reported until an email is sent", async () => {
    const org = await createTestOrganization();
    const operator = await makeOperator(org.owner);
    const other = await createTestOrganization();
    const member = await other.addMember("bo");
    await control("faults", { kind: "refuse", status: 401, name: "validation_error", times: 1 });
    await runSendJob(await org.inviteBatch("lea"));
    const detail = expect.stringContaining("rejected the API key");
    expect(await findProviderError(org.owner, operator)).toEqual({ detail });
    // It affects all organizations; only the operator can fix it and sees the reason.
    expect(await findProviderError(other.owner, null)).toEqual({ detail: null });
    expect(await findProviderError(member, null)).toBeNull();
    await runSendJob(await org.inviteBatch("tom"));
    expect(await findProviderError(org.owner, operator)).toBeNull();
  });

  test("an unexplained error is retried five times, then shown", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "refuse", status: 400, name: "validation_error", times: 9 });
    for (let i = 0; i < 7; i++) await runSendJob(batch);
    expect(new Set((await calls()).map(({ key }) => key)).size).toBe(5);
    expect((await org.deliveries()).lea?.delivery).toBe("failed");
  });

  test("only the email to an invalid address fails, the rest of the batch is sent", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea", "omar", "zoe");
    await db().emailMessage.updateMany({
      where: { batchId: batch, toAddress: org.address("omar") },
      data: { toAddress: "omar@nowhere" },
    });
    await runSendJob(batch);
    const { lea, omar, zoe } = await org.deliveries();
    expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["sent", "failed", "sent"]);
    expect(omar?.detail).toContain("Invalid `to` field");
    const sent = await db().emailMessage.findMany({ where: { batchId: batch, providerId: { not: null } } });
    expect(new Set(sent.map(({ toAddress }) => toAddress))).toEqual(
      new Set([org.address("lea"), org.address("zoe")]),
    );
  });

  describe("a call that is rejected because of one email (422)", () => {
    /** Runs the jobs of an organization's batches until none is left. Returns the number of emails of each call. */
    async function runAllJobs(organizationId: string): Promise<number[]> {
      const sizes: number[] = [];
      for (;;) {
        const batch = await db().emailBatch.findFirst({
          where: { closedAt: null, emails: { some: { organizationId, state: "queued" } } },
          select: { id: true, _count: { select: { emails: true } } },
          orderBy: { createdAt: "asc" },
        });
        if (!batch) return sizes;
        sizes.push(batch._count.emails);
        await runSendJob(batch.id);
      }
    }

    test("only that email fails, with the reason, and every other is sent once", async () => {
      const org = await createTestOrganization();
      const operator = await makeOperator(org.owner);
      const people = ["ana", "bo", "cem", "dot", "eva", "fay", "gil", "hal"];
      await org.inviteBatch(...people);
      await control("unprocessable-address", { to: org.address("fay") });
      expect(await runAllJobs(org.id)).toHaveLength(7);

      const { fay, ...others } = await org.deliveries();
      expect(fay).toEqual({
        delivery: "failed",
        detail: "the email provider rejected the email: One of the emails cannot be processed.",
        state: "failed",
      });
      for (const delivery of Object.values(others))
        expect(delivery).toEqual({ delivery: "sent", detail: null, state: "sent" });
      expect((await sentEmails()).map(({ to }) => to).sort()).toEqual(
        people.filter((name) => name !== "fay").map(org.address),
      );
      const bodies = new Map((await calls()).map(({ key, hash }) => [key, hash]));
      expect(bodies.size).toBe(7);
      // The provider accepts emails, so no provider error is reported.
      expect(await findProviderError(org.owner, operator)).toBeNull();
    });

    test("each half is retried by a separate job", async () => {
      const org = await createTestOrganization();
      const batch = await org.inviteBatch("lea", "omar", "zoe");
      await control("unprocessable-address", { to: org.address("zoe") });
      await runSendJob(batch);
      expect((await org.deliveries()).zoe).toMatchObject({
        delivery: "queued",
        detail: expect.stringContaining("One of the emails cannot be processed"),
      });
      const halves = await db().emailMessage.findMany({
        where: { organizationId: org.id },
        select: { batchId: true },
        distinct: ["batchId"],
      });
      expect(halves).toHaveLength(2);
      for (const { batchId } of halves)
        expect((await findSendJobs(batchId)).at(-1)).toMatchObject({ data: { batch: batchId }, wait: 0 });
    });

    test("C6 an email revoked between two attempts is not sent", async () => {
      const org = await createTestOrganization();
      const batch = await org.inviteBatch("lea", "omar", "zoe");
      await control("unprocessable-address", { to: org.address("zoe") });
      await runSendJob(batch);
      await db().$executeRaw`
        UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp()
        WHERE email = ${org.address("lea")}`;
      await runAllJobs(org.id);
      const { lea, omar, zoe } = await org.deliveries();
      expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["cancelled", "sent", "failed"]);
    });

    test("if every email is invalid, all fail with fewer than two calls per email", async () => {
      const org = await createTestOrganization();
      const people = ["lea", "omar", "zoe", "tom"];
      await org.inviteBatch(...people);
      for (const name of people) await control("unprocessable-address", { to: org.address(name) });
      expect(await runAllJobs(org.id)).toHaveLength(7);
      const states = Object.values(await org.deliveries()).map(({ delivery }) => delivery);
      expect(states).toEqual(Array(4).fill("failed"));
    });

    test("an invalid sender fails every email with one call, and the error is reported", async () => {
      const org = await createTestOrganization();
      const operator = await makeOperator(org.owner);
      const batch = await org.inviteBatch("lea", "omar");
      await control("faults", { kind: "refuse", status: 422, name: "invalid_from_address", times: 9 });
      await runSendJob(batch);
      expect(await runAllJobs(org.id)).toEqual([]);
      expect(await calls()).toHaveLength(1);
      expect((await org.deliveries()).omar?.delivery).toBe("failed");
      expect(await findProviderError(org.owner, operator)).toMatchObject({
        detail: expect.stringContaining("rejected the email"),
      });
    });
  });
});
