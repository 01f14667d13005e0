import { describe, expect, test } from "vitest";
import { atStandIn } from "@/e2e/stand-in/at-stand-in";
import { digestOf } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import { copiedLink, readCode } from "@/lib/links/invitation-link";
import { jobsOf, makeOrganization, work } from "@/lib/mail/fixture";
import { owe } from "@/lib/mail/outbox";
import { startWorkers } from "@/lib/workers/workers";

const { control, letters, calls } = atStandIn();

describe("what arrives", () => {
  test("D1 the letter that arrives names all there is to know, and its code opens the invitation", async () => {
    const northwind = await makeOrganization();
    await work(await northwind.invite("lea"));
    const [letter] = await letters();
    const row = await db().invitation.findFirstOrThrow({ where: { organizationId: northwind.id } });

    expect(letter).toMatchObject({
      to: northwind.address("lea"),
      from: "Northwind <invitations@northwind.org>",
      subject: "Ana Duarte invited you to join Northwind",
      tags: [{ name: "letter", value: row.emailMessageId }],
    });
    const link = letter?.text.match(/http\S+\?proof=\w{20}/)?.[0] ?? "";
    const code = readCode(link) ?? "";
    expect(digestOf(code)).toEqual(Buffer.from(row.codeDigest));
    expect(link.startsWith(copiedLink("http://localhost:3000", code))).toBe(true);
    expect(letter?.html).toContain(`href="${link}"`);
    expect(letter?.html).toContain("Join your organization");
    expect(letter?.html + (letter?.text ?? "")).not.toMatch(/[\uE000-\uF8FF]/);
    expect(await northwind.deliveries()).toEqual({ lea: { delivery: "sent", detail: null, letter: "sent" } });
  });

  test("100 invitations leave in one call, at the provider within 2 seconds after the commit", async () => {
    const northwind = await makeOrganization();
    const workers = await startWorkers();
    try {
      await northwind.invite(...Array.from({ length: 100 }, (_, i) => `p${i}`));
      const committed = Date.now();
      while ((await letters()).length < 100 && Date.now() < committed + 10_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Date.now() - committed).toBeLessThan(2_000);
      expect(await calls()).toHaveLength(1);
      expect(new Set((await letters()).map(({ to }) => to)).size).toBe(100);
    } finally {
      await workers.stop();
    }
    const states = Object.values(await northwind.deliveries());
    expect(states.filter(({ delivery }) => delivery === "sent")).toHaveLength(100);
  });

  test("an organization's reply-to address is the letter's", async () => {
    const northwind = await makeOrganization();
    await db().organization.update({ where: { id: northwind.id }, data: { replyTo: "desk@northwind.org" } });
    await work(await northwind.invite("lea"));
    expect((await letters())[0]).toMatchObject({ reply_to: "desk@northwind.org" });
  });

  test("a letter that is owed in a transaction that fails is never sent", async () => {
    const northwind = await makeOrganization();
    const id = "11111111-1111-4111-8111-111111111111";
    const failed = db().$transaction(async (tx) => {
      await owe(tx, [{ id, kind: "invitation", to: "a@b.org", organizationId: northwind.id }]);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await db().emailMessage.findUnique({ where: { id } })).toBeNull();
  });
});

describe("secrets", () => {
  test("C5 no code, link or proof rests in a letter's row or in a job", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "refuse", status: 500, name: "internal_server_error" });
    await work(batch);
    const row = JSON.stringify(await db().emailMessage.findFirst({ where: { batchId: batch } }));
    expect(row).toContain("Join your organization");
    await work(batch);
    const text = (await letters())[0]?.text ?? "";
    const [code, proof] = [
      text.match(/^\w{5}(-\w{5}){3}$/m)?.[0] ?? "?",
      text.match(/proof=(\w+)/)?.[1] ?? "?",
    ];
    expect([code.length, proof.length]).toEqual([23, 20]);
    for (const kept of [row, JSON.stringify(await jobsOf(batch))])
      for (const secret of [code, code.replaceAll("-", ""), proof]) expect(kept).not.toContain(secret);
  });
});

describe("what is not sent", () => {
  test("C6 an unsent letter of a revoked invitation is not sent", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea", "omar");
    await revoke(northwind.address("lea"));
    await work(batch);
    expect((await letters()).map(({ to }) => to)).toEqual([northwind.address("omar")]);
    expect((await northwind.deliveries()).lea).toEqual({
      delivery: "cancelled",
      detail: "the invitation was revoked first",
      letter: "cancelled",
    });
  });

  test("C6 a letter revoked after a refusal is left out of the new attempt", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea", "omar");
    await control("faults", { kind: "refuse", retryAfter: 0 });
    await work(batch);
    await revoke(northwind.address("lea"));
    await work(batch);
    expect((await letters()).map(({ to }) => to)).toEqual([northwind.address("omar")]);
  });

  test("a letter of an invitation that expired while it waited is not sent", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await db()
      .$executeRaw`UPDATE invitation SET expires_at = clock_timestamp() WHERE email = ${northwind.address("lea")}`;
    await work(batch);
    expect(await calls()).toEqual([]);
    expect((await northwind.deliveries()).lea?.detail).toBe("the invitation expired first");
  });

  test("H3 an .example address is never mailed, whatever the provider", async () => {
    const northwind = await makeOrganization();
    await work(await northwind.invite("lea@fabrikam.example", "omar"));
    expect((await letters()).map(({ to }) => to)).toEqual([northwind.address("omar")]);
    expect((await northwind.deliveries()).lea).toEqual({
      delivery: "kept",
      detail: "addresses in .example are never mailed",
      letter: "kept",
    });
  });

  async function revoke(email: string): Promise<void> {
    await db().$executeRaw`
      UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp() WHERE email = ${email}`;
  }
});

test("two processes on one batch make one call", async () => {
  const northwind = await makeOrganization();
  const batch = await northwind.invite("lea");
  await control("faults", { kind: "delay", milliseconds: 1500 });
  await Promise.all([work(batch), work(batch)]);
  expect(await calls()).toHaveLength(1);
  expect(await letters()).toHaveLength(1);
});

test("the pace holds over everybody who sends: two calls a second", async () => {
  const northwind = await makeOrganization();
  const batches: string[] = [];
  for (const name of ["a", "b", "c", "d"]) batches.push(await northwind.invite(name));
  await control("pace", { perSecond: 3 });
  await Promise.all(batches.map(work));
  expect((await calls()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});
