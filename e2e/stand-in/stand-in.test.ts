import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Resend, type WebhookEventPayload } from "resend";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AcceptedEmail } from "./emails";
import { createResendStandIn, type ProviderCall } from "./provider";
import type { WebhookAttempt } from "./webhooks";

const server = createResendStandIn();
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

const email = { from: "Foyer <foyer@x.io>", to: "ann@x.io", subject: "Come in", text: "Here is your link." };
const emails = (count: number) => Array.from({ length: count }, (_, n) => ({ ...email, to: `p${n}@x.io` }));

async function control(path: string, body: object) {
  await fetch(`${base}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
}
async function accepted(to?: string): Promise<AcceptedEmail[]> {
  return (await fetch(`${base}/control/emails${to ? `?to=${to}` : ""}`)).json() as Promise<AcceptedEmail[]>;
}
async function calls(): Promise<ProviderCall[]> {
  return (await fetch(`${base}/control/calls`)).json() as Promise<ProviderCall[]>;
}

test("an email is accepted, gets an id, and can be read by its address", async () => {
  const { data, error } = await resend.emails.send({
    ...email,
    replyTo: "help@x.io",
    tags: [{ name: "message", value: "1" }],
  });
  expect(error).toBeNull();
  expect(await accepted("ann@x.io")).toMatchObject([
    { id: data?.id, subject: "Come in", reply_to: "help@x.io" },
  ]);
  expect(await accepted("bob@x.io")).toEqual([]);
});

test("a batch of 100 is one call with 100 ids; a batch of 101 is rejected completely", async () => {
  const accepted100 = await resend.batch.send(emails(100));
  expect(accepted100.data?.data).toHaveLength(100);
  const rejected = await resend.batch.send(emails(101));
  expect(rejected.error).toMatchObject({ statusCode: 422, name: "validation_error" });
  expect(await accepted()).toHaveLength(100);
  expect((await calls()).map((call) => [call.status, call.ids.length])).toEqual([
    [200, 100],
    [422, 0],
  ]);
});

test("strict mode: one invalid email rejects the batch; permissive mode: it is reported by its index", async () => {
  const mixed = [...emails(2), { ...email, to: "invalid" }];
  const strict = await resend.batch.send(mixed);
  expect(strict.error?.statusCode).toBe(422);
  expect(await accepted()).toHaveLength(0);
  const permissive = await resend.batch.send(mixed, { batchValidation: "permissive" });
  expect(permissive.data?.data).toHaveLength(2);
  expect(permissive.data?.errors).toMatchObject([{ index: 2 }]);
});

test("an unprocessable address rejects the whole batch, even a permissive one, without naming the email", async () => {
  await control("unprocessable-address", { to: "p1@x.io" });
  const rejected = await resend.batch.send(emails(3), { batchValidation: "permissive" });
  expect(rejected.error).toMatchObject({ statusCode: 422, message: expect.not.stringContaining("p1@x.io") });
  expect(await accepted()).toEqual([]);
  expect((await resend.batch.send(emails(1))).error).toBeNull();
});

test("the same key and body get the same response and no second email", async () => {
  const first = await resend.batch.send(emails(2), { idempotencyKey: "job-1" });
  const again = await resend.batch.send(emails(2), { idempotencyKey: "job-1" });
  expect(again.data).toEqual(first.data);
  expect(await accepted()).toHaveLength(2);
  const [firstCall, secondCall] = await calls();
  expect([firstCall?.key, firstCall?.hash]).toEqual([secondCall?.key, secondCall?.hash]);
});

test("the same key with a different body is rejected", async () => {
  await resend.emails.send(email, { idempotencyKey: "job-1" });
  const other = await resend.emails.send({ ...email, subject: "Other" }, { idempotencyKey: "job-1" });
  expect(other.error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
});

test("after 24 hours a key is forgotten and the email is sent again", async () => {
  await resend.emails.send(email, { idempotencyKey: "job-1" });
  await control("advance", { hours: 25 });
  await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(await accepted()).toHaveLength(2);
});

test("an injected fault responds to some calls with 429 and retry-after; later calls are accepted", async () => {
  await control("faults", { kind: "refuse", status: 429, retryAfter: 2, times: 2 });
  for (let n = 0; n < 2; n++) {
    const busy = await resend.emails.send(email, { idempotencyKey: "job-1" });
    expect(busy.error).toMatchObject({ statusCode: 429, name: "rate_limit_exceeded" });
    expect(busy.headers?.["retry-after"]).toBe("2");
  }
  expect((await resend.emails.send(email, { idempotencyKey: "job-1" })).error).toBeNull();
  expect(await accepted()).toHaveLength(1);
});

test("calls beyond the rate limit are rejected", async () => {
  await control("rate-limit", { perSecond: 2 });
  const statuses: (number | null | undefined)[] = [];
  for (let n = 0; n < 3; n++) statuses.push((await resend.emails.send(email)).error?.statusCode);
  expect(statuses).toEqual([undefined, undefined, 429]);
});

test("lost response: the email was accepted, and the same key returns it", async () => {
  await control("faults", { kind: "lose-response" });
  const lost = await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(lost.error).toMatchObject({ statusCode: null });
  const found = await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(found.data?.id).toBe((await accepted())[0]?.id);
  expect(await accepted()).toHaveLength(1);
});

test("connection reset before the request was read: nothing was accepted", async () => {
  await control("faults", { kind: "reset" });
  expect((await resend.emails.send(email)).error).toMatchObject({ statusCode: null });
  expect(await accepted()).toHaveLength(0);
});

test("no response: the sender's own timeout ends the call", async () => {
  await control("faults", { kind: "hang" });
  const timedOut = await resend.emails.send(email, { signal: AbortSignal.timeout(100) });
  expect(timedOut.error).not.toBeNull();
  expect(await accepted()).toHaveLength(0);
});

test("invalid response: the email was accepted, and the same key returns it", async () => {
  await control("faults", { kind: "garbage" });
  const garbage = await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(garbage.data).toBeNull();
  const found = await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(found.data?.id).toBe((await accepted())[0]?.id);
  expect(await accepted()).toHaveLength(1);
});

test("an outage rejects everything for the given minutes of the stand-in's clock", async () => {
  await control("outage", { minutes: 10 });
  for (let n = 0; n < 10; n++) expect((await resend.emails.send(email)).error).not.toBeNull();
  await control("advance", { hours: 9 / 60 });
  expect((await resend.emails.send(email)).error).not.toBeNull();
  await control("advance", { hours: 2 / 60 });
  expect((await resend.emails.send(email)).error).toBeNull();
  expect(await accepted()).toHaveLength(1);
});

test("each call is recorded with its key, the hash of its body, and the sender's ids of the accepted emails", async () => {
  const tagged = emails(2).map((item, n) => ({ ...item, tags: [{ name: "message", value: `m${n}` }] }));
  await resend.batch.send(tagged, { idempotencyKey: "job-1" });
  await resend.batch.send(tagged, { idempotencyKey: "job-1" });
  const [first, again] = await calls();
  expect(first).toMatchObject({ key: "job-1", messageIds: ["m0", "m1"], status: 200 });
  expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(again).toMatchObject({ key: "job-1", hash: first?.hash, messageIds: [] });
});

test("two concurrent calls with one key: the second is rejected because the first is in progress", async () => {
  await control("faults", { kind: "delay", milliseconds: 300 });
  const slow = resend.emails.send(email, { idempotencyKey: "job-1" });
  await expect.poll(async () => (await calls()).length).toBe(1);
  const second = await resend.emails.send(email, { idempotencyKey: "job-1" });
  expect(second.error).toMatchObject({ statusCode: 409, name: "concurrent_idempotent_requests" });
  expect((await slow).error).toBeNull();
});

test("a request without an API key is rejected", async () => {
  const response = await fetch(`${base}/emails`, { method: "POST", body: JSON.stringify(email) });
  expect(response.status).toBe(401);
});

test("an invalid email is rejected with the name of the invalid field", async () => {
  const noText = await resend.emails.send({
    from: email.from,
    to: email.to,
    subject: "x",
    text: undefined,
  } as never);
  expect(noText.error?.message).toContain("`html` or `text`");
  const badTag = await resend.emails.send({ ...email, tags: [{ name: "a b", value: "1" }] });
  expect(badTag.error?.message).toContain("tags.0.name");
});

describe("webhooks", () => {
  const secret = `whsec_${Buffer.from("a secret of the stand-in").toString("base64")}`;
  const received: WebhookEventPayload[] = [];
  /** How many requests get a 503 before one is accepted. */
  let failures = 0;
  const listener = createServer(async (req, res) => {
    let payload = "";
    for await (const chunk of req) payload += chunk;
    if (failures-- > 0) return void res.writeHead(503).end();
    const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) =>
      String(req.headers[`svix-${name}`]),
    ) as [string, string, string];
    const headers = { id, timestamp, signature };
    received.push(resend.webhooks.verify({ payload, headers, webhookSecret: secret }));
    res.end();
  });

  beforeAll(() => new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void listener.close());
  beforeEach(async () => {
    [received.length, failures] = [0, 0];
    await resend.emails.send({ ...email, tags: [{ name: "message", value: "7" }] });
  });

  async function listen(shuffled = false): Promise<void> {
    const { port } = listener.address() as AddressInfo;
    await control("webhook", { url: `http://127.0.0.1:${port}/`, secret, shuffled });
  }
  const attempts = async () =>
    (await fetch(`${base}/control/webhook-attempts`)).json() as Promise<WebhookAttempt[]>;

  test("an event has a signature that the SDK accepts, and contains the email's tags", async () => {
    await listen();
    const bounce = { type: "Permanent", subType: "General", message: "550" };
    await control("events", { to: "ann@x.io", types: ["email.bounced"], bounce });
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]).toMatchObject({
      type: "email.bounced",
      data: { to: ["ann@x.io"], tags: { message: "7" }, bounce },
    });
  });

  test("a failed event is retried under the same id, with growing delays of the stand-in's clock", async () => {
    await listen();
    failures = 2;
    await control("events", { to: "ann@x.io", types: ["email.delivered"] });
    await expect.poll(async () => (await attempts()).length).toBe(1);
    await control("advance", { hours: 5 / 3_600 });
    await expect.poll(async () => (await attempts()).length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(received).toHaveLength(0);
    await control("advance", { hours: 300 / 3_600 });
    await expect.poll(() => received.length).toBe(1);
    const all = await attempts();
    expect(all.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  test("in shuffled mode every event is sent twice", async () => {
    await listen(true);
    const types = ["email.sent", "email.delivery_delayed", "email.delivered"];
    await control("events", { to: "ann@x.io", types });
    await expect.poll(() => received.length).toBe(6);
    expect(received.map(({ type }) => type).sort()).toEqual([...types, ...types].sort());
    expect(new Set((await attempts()).map(({ id }) => id)).size).toBe(3);
  });
});
