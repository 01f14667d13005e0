import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createProvider } from "@/e2e/stand-in/provider";
import { closeDatabase, db } from "@/lib/db/client";
import { copiedLink, readCode } from "@/lib/invitations/code";
import { resend } from "@/lib/invitations/commands/resend";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { startWorkers } from "@/lib/jobs/workers";
import { digestOf } from "@/lib/kit/secrets";
import { deliver } from "@/lib/letters/delivery";
import { jobsOf, makeOrganization, work } from "@/lib/letters/fixture";
import { hear } from "@/lib/letters/hear";
import { owe } from "@/lib/letters/outbox";
import { findRefusal } from "@/lib/letters/queries";
import { makeHouse } from "@/lib/organizations/fixture";
import { ownDatabase } from "@/scripts/own-database";

type Sent = {
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  tags: { value: string }[];
};
type Call = { key: string; hash: string; ids: string[]; status: number };

let own: Awaited<ReturnType<typeof ownDatabase>>;
let provider: Server;
let url: string;

beforeAll(async () => {
  own = await ownDatabase();
  provider = createProvider();
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = url;
  process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
  await prepareQueue();
});

afterEach(async () => {
  await control("reset", {});
  await db().sendingPace.deleteMany();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
  provider.closeAllConnections();
  provider.close();
});

async function control(what: string, order: object): Promise<void> {
  const response = await fetch(`${url}/control/${what}`, { method: "POST", body: JSON.stringify(order) });
  expect(response.status).toBe(200);
}

const read = async <T>(what: string) => (await (await fetch(`${url}/control/${what}`)).json()) as T;
const letters = () => read<Sent[]>("letters");
const calls = () => read<Call[]>("calls");

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
      tags: [{ name: "letter", value: row.letterId }],
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
    expect(await db().letter.findUnique({ where: { id } })).toBeNull();
  });
});

describe("secrets", () => {
  test("C5 no code, link or proof rests in a letter's row or in a job", async () => {
    const northwind = await makeOrganization();
    const batch = await northwind.invite("lea");
    await control("faults", { kind: "refuse", status: 500, name: "internal_server_error" });
    await work(batch);
    const row = JSON.stringify(await db().letter.findFirst({ where: { batchId: batch } }));
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

  test.for([401, 403, 400])(
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
      const { id } = await db().letter.findFirstOrThrow({ where: { batchId: batch } });
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
      UPDATE letter_batch SET called_at = called_at - interval '25 hours' WHERE id = ${batch}::uuid`;
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
    const { batchId } = await db().letter.findFirstOrThrow({
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
    await db().letter.updateMany({ where: { batchId: batch }, data: { state: "delivered" } });
    await work(batch);
    expect(new Set((await calls()).map(({ hash }) => hash)).size).toBe(1);
    expect((await northwind.deliveries()).lea).toMatchObject({ delivery: "delivered", letter: "delivered" });
  });
});

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

    await db().sendingPace.deleteMany();
    await work(batch);
    const made = await calls();
    expect(made.map(({ key }) => key)).toEqual([`${batch}:0`, `${batch}:1`]);
    expect((await northwind.deliveries()).lea).toEqual({ delivery: "sent", detail: null, letter: "sent" });
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
    const other = await makeHouse();
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
    await db().letter.updateMany({
      where: { batchId: batch, toAddress: northwind.address("omar") },
      data: { toAddress: "omar@nowhere" },
    });
    await work(batch);
    const { lea, omar, zoe } = await northwind.deliveries();
    expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["sent", "failed", "sent"]);
    expect(omar?.detail).toContain("Invalid `to` field");
    const sent = await db().letter.findMany({ where: { batchId: batch, providerId: { not: null } } });
    expect(new Set(sent.map(({ toAddress }) => toAddress))).toEqual(
      new Set([northwind.address("lea"), northwind.address("zoe")]),
    );
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
