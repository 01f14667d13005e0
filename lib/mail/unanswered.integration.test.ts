import { describe, expect, test } from "vitest";
import { atStandIn } from "@/e2e/stand-in/at-stand-in";
import { db } from "@/lib/db/client";
import { resend } from "@/lib/invitations/commands/resend";
import { deliver } from "@/lib/mail/delivery";
import { jobsOf, makeOrganization, work } from "@/lib/mail/fixture";
import { hear } from "@/lib/mail/hear";
import { startWorkers } from "@/lib/workers/workers";

const { control, letters, calls } = atStandIn();

describe("a call without a clear answer", () => {
  const faults = [
    { kind: "lose-answer" },
    { kind: "reset" },
    { kind: "refuse", status: 500, name: "internal_server_error" },
    { kind: "refuse", status: 409, name: "concurrent_idempotent_requests" },
  ];

  test.for(faults)("$kind $status: the same key and bytes again, and the letters once", async (fault) => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea", "omar");
    await control("faults", fault);
    await work(batch);
    expect((await northwind.deliveries()).lea?.delivery).toBe("queued");
    // Even when the wording would be another by now.
    await db().organization.update({ where: { id: northwind.id }, data: { name: "Renamed" } });
    await work(batch);

    const made = await calls();
    expect(made).toHaveLength(2);
    expect(new Set(made.map(({ key, hash }) => `${key} ${hash}`)).size).toBe(1);
    expect(await letters()).toHaveLength(2);
    expect((await northwind.deliveries()).lea?.delivery).toBe("sent");
  });

  test("a repetition that is told to wait keeps its key: a new one could send twice", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea", "omar");
    await control("faults", { kind: "lose-answer" });
    await control("faults", { kind: "refuse", status: 429, retryAfter: 0 });
    for (let i = 0; i < 3; i++) await work(batch);
    const made = await calls();
    expect(made.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(new Set(made.map(({ key, hash }) => `${key} ${hash}`)).size).toBe(1);
    expect(await letters()).toHaveLength(2);
    expect((await northwind.deliveries()).lea?.delivery).toBe("sent");
  });

  test.for([401, 403, 400, 422])(
    "a repetition that is refused with %i ends in unknown, not in a false “not sent”; the provider's news clear it up",
    async (status) => {
      const northwind = await makeOrganization();
      const batch = await northwind.invite("lea");
      await control("faults", { kind: "lose-answer" });
      await control("faults", { kind: "refuse", status, name: "validation_error", times: 9 });
      for (let i = 0; i < 3; i++) await work(batch);
      expect(await calls()).toHaveLength(2);
      expect((await northwind.deliveries()).lea).toMatchObject({
        delivery: "unknown",
        detail: expect.stringMatching(/^an earlier call had no answer, and now .*Refused on command/),
      });
      const { id } = await db().emailMessage.findFirstOrThrow({ where: { batchId: batch } });
      await hear({ id: `msg_${id}`, type: "delivered", at: new Date() }, id);
      expect((await northwind.deliveries()).lea).toMatchObject({ delivery: "delivered", detail: null });
    },
  );

  test("it is asked again by itself, later each time", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "reset", times: 3 });
    await deliver({ batch });
    await deliver({ batch, tries: 1 });
    await deliver({ batch, tries: 9 });
    expect((await jobsOf(batch)).map(({ wait }) => wait)).toEqual([0, 1, 2, 60]);
  });

  test("past 24 hours it is unknown, and never blindly sent again", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "lose-answer" });
    await work(batch);
    await db().$executeRaw`
      UPDATE email_batch SET called_at = called_at - interval '25 hours' WHERE id = ${batch}::uuid`;
    await work(batch);
    expect(await calls()).toHaveLength(1);
    expect((await northwind.deliveries()).lea).toEqual({
      delivery: "unknown",
      detail: "no clear answer from the provider for 24 hours; resend it if they did not get it",
      letter: "unknown",
    });

    // A person decides, by the button that every row has.
    const { id: invitation } = await db().invitation.findFirstOrThrow({
      where: { organizationId: northwind.id },
    });
    expect(await resend(northwind.actor, { invitation })).toMatchObject({ ok: true });
    const { batchId } = await db().emailMessage.findFirstOrThrow({
      where: { organizationId: northwind.id, kind: "resent" },
    });
    await work(batchId);
    expect((await northwind.deliveries()).lea?.delivery).toBe("sent");
  });

  test("a letter that the webhook moved on before our own note stays there", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "lose-answer" });
    await work(batch);
    await db().emailMessage.updateMany({ where: { batchId: batch }, data: { state: "delivered" } });
    await work(batch);
    expect(new Set((await calls()).map(({ hash }) => hash)).size).toBe(1);
    expect((await northwind.deliveries()).lea).toMatchObject({ delivery: "delivered", letter: "delivered" });
  });
});

test("an outage of ten minutes drains by itself: nothing is lost, doubled, or called failed meanwhile", async () => {
  const northwind = await makeOrganization();
  const batches = [await northwind.invite("lea", "omar"), await northwind.invite("zoe")];
  await control("outage", { minutes: 10 });
  // The workers also do what earlier tests left undone.
  const people = ["lea", "omar", "zoe"].map(northwind.address);
  const arrived = async () => (await letters()).filter(({ to }) => people.includes(to));
  const workers = await startWorkers();
  try {
    await expect.poll(async () => (await calls()).length, { timeout: 30_000 }).toBeGreaterThan(2);
    const waiting = {
      delivery: "queued",
      detail: expect.stringContaining("no clear answer from the provider"),
    };
    // A call is there before what came of it is noted.
    await expect
      .poll(northwind.deliveries, { timeout: 30_000 })
      .toMatchObject({ lea: waiting, zoe: waiting });
    await control("advance", { hours: 1 / 6 });
    await expect.poll(async () => (await arrived()).length, { timeout: 30_000 }).toBe(3);
  } finally {
    await workers.stop();
  }
  expect(Object.values(await northwind.deliveries()).map(({ delivery }) => delivery)).toEqual(
    Array(3).fill("sent"),
  );
  // Nobody knows what became of a call that was cut off, so each batch kept its one key.
  const keys = (await calls()).map(({ key }) => key ?? "");
  const ours = keys.filter((key) => batches.some((id) => key.startsWith(id)));
  expect(new Set(ours)).toEqual(new Set(batches.map((id) => `${id}:0`)));
}, 90_000);
