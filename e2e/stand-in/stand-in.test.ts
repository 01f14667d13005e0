import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Resend, type WebhookEventPayload } from "resend";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Accepted, type Call, createProvider } from "./provider";
import type { Told } from "./webhooks";

const server = createProvider();
let base = "";
let resend: Resend;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  resend = new Resend("re_test", { baseUrl: base });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => control("reset", {}));

const letter = { from: "Foyer <foyer@x.io>", to: "ann@x.io", subject: "Come in", text: "Here is your link." };
const letters = (count: number) => Array.from({ length: count }, (_, n) => ({ ...letter, to: `p${n}@x.io` }));

async function control(what: string, body: object) {
  await fetch(`${base}/control/${what}`, { method: "POST", body: JSON.stringify(body) });
}
async function accepted(to?: string): Promise<Accepted[]> {
  return (await fetch(`${base}/control/letters${to ? `?to=${to}` : ""}`)).json() as Promise<Accepted[]>;
}
async function calls(): Promise<Call[]> {
  return (await fetch(`${base}/control/calls`)).json() as Promise<Call[]>;
}

test("a letter is taken, gets an id, and can be read back by its address", async () => {
  const { data, error } = await resend.emails.send({
    ...letter,
    replyTo: "help@x.io",
    tags: [{ name: "letter", value: "1" }],
  });
  expect(error).toBeNull();
  expect(await accepted("ann@x.io")).toMatchObject([
    { id: data?.id, subject: "Come in", reply_to: "help@x.io" },
  ]);
  expect(await accepted("bob@x.io")).toEqual([]);
});

test("a batch of 100 is one call with 100 ids; 101 are refused whole", async () => {
  const taken = await resend.batch.send(letters(100));
  expect(taken.data?.data).toHaveLength(100);
  const refused = await resend.batch.send(letters(101));
  expect(refused.error).toMatchObject({ statusCode: 422, name: "validation_error" });
  expect(await accepted()).toHaveLength(100);
  expect((await calls()).map((call) => [call.status, call.ids.length])).toEqual([
    [200, 100],
    [422, 0],
  ]);
});

test("strict: one wrong letter refuses the batch; permissive: it is named by its index", async () => {
  const mixed = [...letters(2), { ...letter, to: "nobody" }];
  const strict = await resend.batch.send(mixed);
  expect(strict.error?.statusCode).toBe(422);
  expect(await accepted()).toHaveLength(0);
  const permissive = await resend.batch.send(mixed, { batchValidation: "permissive" });
  expect(permissive.data?.data).toHaveLength(2);
  expect(permissive.data?.errors).toMatchObject([{ index: 2 }]);
});

test("an address that it cannot process spoils the whole batch, also a permissive one, and names no letter", async () => {
  await control("spoil", { to: "p1@x.io" });
  const spoiled = await resend.batch.send(letters(3), { batchValidation: "permissive" });
  expect(spoiled.error).toMatchObject({ statusCode: 422, message: expect.not.stringContaining("p1@x.io") });
  expect(await accepted()).toEqual([]);
  expect((await resend.batch.send(letters(1))).error).toBeNull();
});

test("the same key and bytes get the same answer and no second letter", async () => {
  const first = await resend.batch.send(letters(2), { idempotencyKey: "job-1" });
  const again = await resend.batch.send(letters(2), { idempotencyKey: "job-1" });
  expect(again.data).toEqual(first.data);
  expect(await accepted()).toHaveLength(2);
  const [one, two] = await calls();
  expect([one?.key, one?.hash]).toEqual([two?.key, two?.hash]);
});

test("the same key with other bytes is refused", async () => {
  await resend.emails.send(letter, { idempotencyKey: "job-1" });
  const other = await resend.emails.send({ ...letter, subject: "Other" }, { idempotencyKey: "job-1" });
  expect(other.error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
});

test("after 24 hours a key is forgotten and the letter goes out again", async () => {
  await resend.emails.send(letter, { idempotencyKey: "job-1" });
  await control("advance", { hours: 25 });
  await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(await accepted()).toHaveLength(2);
});

test("on command it is too busy, says for how long, and then is not", async () => {
  await control("faults", { kind: "refuse", status: 429, retryAfter: 2, times: 2 });
  for (let n = 0; n < 2; n++) {
    const busy = await resend.emails.send(letter, { idempotencyKey: "job-1" });
    expect(busy.error).toMatchObject({ statusCode: 429, name: "rate_limit_exceeded" });
    expect(busy.headers?.["retry-after"]).toBe("2");
  }
  expect((await resend.emails.send(letter, { idempotencyKey: "job-1" })).error).toBeNull();
  expect(await accepted()).toHaveLength(1);
});

test("at a pace, calls beyond it are refused", async () => {
  await control("pace", { perSecond: 2 });
  const statuses: (number | null | undefined)[] = [];
  for (let n = 0; n < 3; n++) statuses.push((await resend.emails.send(letter)).error?.statusCode);
  expect(statuses).toEqual([undefined, undefined, 429]);
});

test("an answer lost on the way: the letter was taken, and the same key finds it", async () => {
  await control("faults", { kind: "lose-answer" });
  const lost = await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(lost.error).toMatchObject({ statusCode: null });
  const found = await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(found.data?.id).toBe((await accepted())[0]?.id);
  expect(await accepted()).toHaveLength(1);
});

test("a connection cut before it was read: nothing was taken", async () => {
  await control("faults", { kind: "reset" });
  expect((await resend.emails.send(letter)).error).toMatchObject({ statusCode: null });
  expect(await accepted()).toHaveLength(0);
});

test("no answer at all lets the sender give up by its own clock", async () => {
  await control("faults", { kind: "hang" });
  const given = await resend.emails.send(letter, { signal: AbortSignal.timeout(100) });
  expect(given.error).not.toBeNull();
  expect(await accepted()).toHaveLength(0);
});

test("an answer that is no answer: the letter was taken, and the same key finds it", async () => {
  await control("faults", { kind: "garbage" });
  const odd = await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(odd.data).toBeNull();
  const found = await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(found.data?.id).toBe((await accepted())[0]?.id);
  expect(await accepted()).toHaveLength(1);
});

test("an outage takes nothing for so many minutes of its own clock", async () => {
  await control("outage", { minutes: 10 });
  for (let n = 0; n < 10; n++) expect((await resend.emails.send(letter)).error).not.toBeNull();
  await control("advance", { hours: 9 / 60 });
  expect((await resend.emails.send(letter)).error).not.toBeNull();
  await control("advance", { hours: 2 / 60 });
  expect((await resend.emails.send(letter)).error).toBeNull();
  expect(await accepted()).toHaveLength(1);
});

test("its log holds each call with key, hash of the bytes, and the sender's names of the letters it took", async () => {
  const named = letters(2).map((one, n) => ({ ...one, tags: [{ name: "letter", value: `l${n}` }] }));
  await resend.batch.send(named, { idempotencyKey: "job-1" });
  await resend.batch.send(named, { idempotencyKey: "job-1" });
  const [first, again] = await calls();
  expect(first).toMatchObject({ key: "job-1", letters: ["l0", "l1"], status: 200 });
  expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(again).toMatchObject({ key: "job-1", hash: first?.hash, letters: [] });
});

test("two calls with one key at once: the second is told that the first is under way", async () => {
  await control("faults", { kind: "delay", milliseconds: 300 });
  const slow = resend.emails.send(letter, { idempotencyKey: "job-1" });
  await expect.poll(async () => (await calls()).length).toBe(1);
  const second = await resend.emails.send(letter, { idempotencyKey: "job-1" });
  expect(second.error).toMatchObject({ statusCode: 409, name: "concurrent_idempotent_requests" });
  expect((await slow).error).toBeNull();
});

test("without a key to its house it takes nothing", async () => {
  const answer = await fetch(`${base}/emails`, { method: "POST", body: JSON.stringify(letter) });
  expect(answer.status).toBe(401);
});

test("what is no letter is refused with the field that is wrong", async () => {
  const noText = await resend.emails.send({
    from: letter.from,
    to: letter.to,
    subject: "x",
    text: undefined,
  } as never);
  expect(noText.error?.message).toContain("`html` or `text`");
  const badTag = await resend.emails.send({ ...letter, tags: [{ name: "a b", value: "1" }] });
  expect(badTag.error?.message).toContain("tags.0.name");
});

describe("webhooks", () => {
  const secret = `whsec_${Buffer.from("a secret of the stand-in").toString("base64")}`;
  const heard: WebhookEventPayload[] = [];
  /** How many calls are answered with 503 before one is heard. */
  let busy = 0;
  const listener = createServer(async (req, res) => {
    let payload = "";
    for await (const part of req) payload += part;
    if (busy-- > 0) return void res.writeHead(503).end();
    const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) =>
      String(req.headers[`svix-${name}`]),
    ) as [string, string, string];
    const headers = { id, timestamp, signature };
    heard.push(resend.webhooks.verify({ payload, headers, webhookSecret: secret }));
    res.end();
  });

  beforeAll(() => new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void listener.close());
  beforeEach(async () => {
    [heard.length, busy] = [0, 0];
    await resend.emails.send({ ...letter, tags: [{ name: "letter", value: "7" }] });
  });

  async function listen(disorder = false): Promise<void> {
    const { port } = listener.address() as AddressInfo;
    await control("webhook", { url: `http://127.0.0.1:${port}/`, secret, disorder });
  }
  const told = async () => (await fetch(`${base}/control/told`)).json() as Promise<Told[]>;

  test("what is told is signed so that the SDK believes it, and names the letter's tags", async () => {
    await listen();
    const bounce = { type: "Permanent", subType: "General", message: "550" };
    await control("tell", { to: "ann@x.io", types: ["email.bounced"], bounce });
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({
      type: "email.bounced",
      data: { to: ["ann@x.io"], tags: { letter: "7" }, bounce },
    });
  });

  test("what is not heard is told again under the same id, later each time by its own clock", async () => {
    await listen();
    busy = 2;
    await control("tell", { to: "ann@x.io", types: ["email.delivered"] });
    await expect.poll(async () => (await told()).length).toBe(1);
    await control("advance", { hours: 5 / 3_600 });
    await expect.poll(async () => (await told()).length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard).toHaveLength(0);
    await control("advance", { hours: 300 / 3_600 });
    await expect.poll(() => heard.length).toBe(1);
    const tries = await told();
    expect(tries.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  });

  test("in disorder everything is told twice", async () => {
    await listen(true);
    const types = ["email.sent", "email.delivery_delayed", "email.delivered"];
    await control("tell", { to: "ann@x.io", types });
    await expect.poll(() => heard.length).toBe(6);
    expect(heard.map(({ type }) => type).sort()).toEqual([...types, ...types].sort());
    expect(new Set((await told()).map(({ id }) => id)).size).toBe(3);
  });
});
