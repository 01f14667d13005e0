import { describe, expect, test } from "vitest";
import { atStandIn } from "@/e2e/stand-in/at-stand-in";
import { db } from "@/lib/db/client";
import { deliver } from "@/lib/mail/delivery";
import { jobsOf, makeOrganization, work } from "@/lib/mail/fixture";
import { findRefusal } from "@/lib/mail/queries";
import { createTestOrganization } from "@/lib/organizations/fixture";

const { control, letters, calls } = atStandIn();

describe("a refusal", () => {
  test("429: a new key after the wait that the provider asked for, and nobody calls it before", async () => {
    const northwind = await makeOrganization();
    const [batch, other] = [await northwind.invite("lea"), await northwind.invite("omar")];
    await control("faults", { kind: "refuse", retryAfter: 30 });
    await work(batch);
    expect((await jobsOf(batch)).map(({ wait }) => wait)).toEqual([0, 30]);
    expect((await northwind.deliveries()).lea).toMatchObject({
      delivery: "queued",
      detail: expect.stringContaining("the provider asks to wait"),
    });

    await work(other);
    expect(await calls()).toHaveLength(1);
    expect((await jobsOf(other)).at(-1)?.wait).toBeGreaterThanOrEqual(29);

    await db().sendThrottle.deleteMany();
    await work(batch);
    const made = await calls();
    expect(made.map(({ key }) => key)).toEqual([`${batch}:0`, `${batch}:1`]);
    expect((await northwind.deliveries()).lea).toEqual({ delivery: "sent", detail: null, letter: "sent" });
  });

  test("429 without a word about when: nobody calls until the batch that was told so tries again, later each time", async () => {
    const northwind = await makeOrganization();
    const [batch, other] = [await northwind.invite("lea"), await northwind.invite("omar")];
    await control("faults", { kind: "refuse", times: 4 });
    for (let tries = 0; tries < 4; tries += 1) {
      await db().sendThrottle.deleteMany();
      await deliver({ batch, tries });
    }
    expect((await jobsOf(batch)).map(({ wait }) => wait)).toEqual([0, 1, 2, 4, 8]);

    await work(other);
    expect(await calls()).toHaveLength(4);
    expect((await jobsOf(other)).at(-1)?.wait).toBeGreaterThanOrEqual(7);

    await db().sendThrottle.deleteMany();
    await work(batch);
    expect((await northwind.deliveries()).lea).toEqual({ delivery: "sent", detail: null, letter: "sent" });
  });

  test("429: told to wait for years, the provider is asked again within the hour", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "refuse", retryAfter: 1e9 });
    await work(batch);
    expect((await jobsOf(batch)).at(-1)?.wait).toBe(3_600);
  });

  test.for([401, 403, 422])(
    "%i: the letters fail with the reason, at once and without a storm",
    async (status) => {
      const northwind = await makeOrganization();
      const batch = await northwind.invite("lea");
      await control("faults", { kind: "refuse", status, name: "validation_error", times: 9 });
      await work(batch);
      await work(batch);
      expect(await calls()).toHaveLength(1);
      expect((await northwind.deliveries()).lea).toEqual({
        delivery: "failed",
        detail: expect.stringContaining(`Refused on command with ${status}.`),
        letter: "failed",
      });
      expect(await jobsOf(batch)).toHaveLength(1);
    },
  );

  test("C10 that the provider refuses everything is known with its reason, until a letter goes out again", async () => {
    const northwind = await makeOrganization();
    const other = await createTestOrganization();
    const member = await other.seat("bo");
    await control("faults", { kind: "refuse", status: 401, name: "validation_error", times: 1 });
    await work(await northwind.invite("lea"));
    const detail = expect.stringContaining("does not accept the API key");
    expect(await findRefusal(northwind.actor, northwind.operator)).toEqual({ detail });
    // Everybody's letters are concerned; only the operator can mend it, and reads why.
    expect(await findRefusal(other.owner, null)).toEqual({ detail: null });
    expect(await findRefusal(member, null)).toBeNull();
    await work(await northwind.invite("tom"));
    expect(await findRefusal(northwind.actor, northwind.operator)).toBeNull();
  });

  test("a refusal that waiting does not explain is tried five times, then visible", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "refuse", status: 400, name: "validation_error", times: 9 });
    for (let i = 0; i < 7; i++) await work(batch);
    expect(new Set((await calls()).map(({ key }) => key)).size).toBe(5);
    expect((await northwind.deliveries()).lea?.delivery).toBe("failed");
  });

  test("one address that the provider does not take fails alone, the rest of the batch goes", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea", "omar", "zoe");
    await db().emailMessage.updateMany({
      where: { batchId: batch, toAddress: northwind.address("omar") },
      data: { toAddress: "omar@nowhere" },
    });
    await work(batch);
    const { lea, omar, zoe } = await northwind.deliveries();
    expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["sent", "failed", "sent"]);
    expect(omar?.detail).toContain("Invalid `to` field");
    const sent = await db().emailMessage.findMany({ where: { batchId: batch, providerId: { not: null } } });
    expect(new Set(sent.map(({ toAddress }) => toAddress))).toEqual(
      new Set([northwind.address("lea"), northwind.address("zoe")]),
    );
  });

  describe("of a whole call for what a letter in it is (422)", () => {
    /** Does the jobs of an organization's batches until none is left; answers how many letters each call was for. */
    async function workAll(organizationId: string): Promise<number[]> {
      const sizes: number[] = [];
      for (;;) {
        const batch = await db().emailBatch.findFirst({
          where: { closedAt: null, emails: { some: { organizationId, state: "queued" } } },
          select: { id: true, _count: { select: { emails: true } } },
          orderBy: { createdAt: "asc" },
        });
        if (!batch) return sizes;
        sizes.push(batch._count.emails);
        await work(batch.id);
      }
    }

    test("it fails alone with the reason, and every other letter goes, once", async () => {
      const northwind = await makeOrganization();
      const people = ["ana", "bo", "cem", "dot", "eva", "fay", "gil", "hal"];
      await northwind.invite(...people);
      await control("spoil", { to: northwind.address("fay") });
      expect(await workAll(northwind.id)).toHaveLength(7);

      const { fay, ...others } = await northwind.deliveries();
      expect(fay).toEqual({
        delivery: "failed",
        detail: "the provider refuses the letter: One of the emails cannot be processed.",
        letter: "failed",
      });
      for (const one of Object.values(others))
        expect(one).toEqual({ delivery: "sent", detail: null, letter: "sent" });
      expect((await letters()).map(({ to }) => to).sort()).toEqual(
        people.filter((name) => name !== "fay").map(northwind.address),
      );
      const bodies = new Map((await calls()).map(({ key, hash }) => [key, hash]));
      expect(bodies.size).toBe(7);
      // The provider takes letters: nobody is told that it refuses everything.
      expect(await findRefusal(northwind.actor, northwind.operator)).toBeNull();
    });

    test("the halves go by themselves, for each a job of its own", async () => {
      const northwind = await makeOrganization();
      const batch = await northwind.invite("lea", "omar", "zoe");
      await control("spoil", { to: northwind.address("zoe") });
      await work(batch);
      expect((await northwind.deliveries()).zoe).toMatchObject({
        delivery: "queued",
        detail: expect.stringContaining("One of the emails cannot be processed"),
      });
      const halves = await db().emailMessage.findMany({
        where: { organizationId: northwind.id },
        select: { batchId: true },
        distinct: ["batchId"],
      });
      expect(halves).toHaveLength(2);
      for (const { batchId } of halves)
        expect((await jobsOf(batchId)).at(-1)).toMatchObject({ data: { batch: batchId }, wait: 0 });
    });

    test("C6 what is revoked between the halves is not sent", async () => {
      const northwind = await makeOrganization();
      const batch = await northwind.invite("lea", "omar", "zoe");
      await control("spoil", { to: northwind.address("zoe") });
      await work(batch);
      await db().$executeRaw`
        UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp()
        WHERE email = ${northwind.address("lea")}`;
      await workAll(northwind.id);
      const { lea, omar, zoe } = await northwind.deliveries();
      expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["cancelled", "sent", "failed"]);
    });

    test("were it all of them, each fails with fewer than two calls a letter", async () => {
      const northwind = await makeOrganization();
      const people = ["lea", "omar", "zoe", "tom"];
      await northwind.invite(...people);
      for (const name of people) await control("spoil", { to: northwind.address(name) });
      expect(await workAll(northwind.id)).toHaveLength(7);
      const states = Object.values(await northwind.deliveries()).map(({ delivery }) => delivery);
      expect(states).toEqual(Array(4).fill("failed"));
    });

    test("what is wrong with the sender is wrong with every letter: one call, and it is said", async () => {
      const northwind = await makeOrganization();
      const batch = await northwind.invite("lea", "omar");
      await control("faults", { kind: "refuse", status: 422, name: "invalid_from_address", times: 9 });
      await work(batch);
      expect(await workAll(northwind.id)).toEqual([]);
      expect(await calls()).toHaveLength(1);
      expect((await northwind.deliveries()).omar?.delivery).toBe("failed");
      expect(await findRefusal(northwind.actor, northwind.operator)).toMatchObject({
        detail: expect.stringContaining("refuses the letter"),
      });
    });
  });
});
