import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signatureOf } from "@/e2e/stand-in/webhooks";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { makeOrganization } from "@/lib/mail/fixture";
import { hearProvider } from "@/lib/mail/webhook";
import { playNews } from "@/scripts/news";

const secret = `whsec_${randomBytes(24).toString("base64")}`;

beforeAll(async () => {
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_WEBHOOK_SECRET = secret;
  process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
  await prepareQueue();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type Bounce = { type: string; subType: string; message: string };
type Told = { id?: string; at?: string; bounce?: Bounce; tags?: object; failed?: object };

/** A message of the provider, as its bytes and its id. */
function message(letter: string, type: string, { id, at, ...data }: Told = {}) {
  return {
    id: id ?? `msg_${randomUUID()}`,
    body: JSON.stringify({
      type: `email.${type}`,
      created_at: at ?? "2026-11-27T10:00:00.000Z",
      data: { email_id: randomUUID(), to: ["lea@people.test"], tags: { letter }, ...data },
    }),
  };
}

function hear({ id, body }: { id: string; body: string }) {
  return hearProvider(body, new Headers(signatureOf(secret, id, body)));
}

const HARD = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1 no such user" };

async function invited() {
  const northwind = await makeOrganization();
  await northwind.invite("lea");
  const letter = await db().emailMessage.findFirstOrThrow({ where: { organizationId: northwind.id } });
  return {
    letter: letter.id,
    delivery: async () => (await northwind.deliveries()).lea,
    timeline: () =>
      db().activity.findMany({
        where: { organizationId: northwind.id, type: { in: ["bounced", "complained"] } },
        select: { type: true, data: true, invitationId: true },
        orderBy: { id: "asc" },
      }),
  };
}

describe("what is told", () => {
  test("C10 moves the letter and its invitation: sent, delayed, delivered, bounced with the reason", async () => {
    const lea = await invited();
    expect(await hear(message(lea.letter, "sent"))).toBe("heard");
    expect(await lea.delivery()).toEqual({ delivery: "sent", detail: null, letter: "sent" });
    await hear(message(lea.letter, "delivery_delayed"));
    expect(await lea.delivery()).toMatchObject({
      delivery: "delayed",
      detail: "its mail server does not take it yet; the provider keeps trying",
    });
    await hear(message(lea.letter, "delivered"));
    expect(await lea.delivery()).toEqual({ delivery: "delivered", detail: null, letter: "delivered" });
    await hear(message(lea.letter, "bounced", { bounce: HARD }));
    expect(await lea.delivery()).toEqual({
      delivery: "bounced",
      detail: "mailbox does not exist",
      letter: "bounced",
    });
  });

  test("C11 the timeline says once that a letter bounced and why, and names no address", async () => {
    const lea = await invited();
    await hear(message(lea.letter, "bounced", { bounce: { ...HARD, message: "lea@people.test unknown" } }));
    await hear(message(lea.letter, "bounced", { bounce: HARD }));
    await hear(message(lea.letter, "complained"));
    const { invitationId } = await db().emailMessage.findUniqueOrThrow({ where: { id: lea.letter } });
    expect(await lea.timeline()).toEqual([
      { type: "bounced", data: { reason: "no-mailbox", hard: "true" }, invitationId },
      { type: "complained", data: {}, invitationId },
    ]);
  });

  test("C10 what the provider itself holds back counts as bounced for good", async () => {
    const lea = await invited();
    await hear(message(lea.letter, "suppressed"));
    expect(await lea.delivery()).toMatchObject({
      delivery: "bounced",
      detail: expect.stringContaining("no longer delivers there"),
    });
  });

  test("C10 a provider that could not send says why", async () => {
    const lea = await invited();
    await hear(message(lea.letter, "failed", { failed: { reason: "domain_not_verified" } }));
    expect((await lea.delivery())?.detail).toBe("the provider did not send it: domain_not_verified");
  });

  test("C10 it never says that a letter was opened, and keeps nothing of it", async () => {
    const lea = await invited();
    for (const type of ["opened", "clicked"]) await hear(message(lea.letter, type, { id: `msg_${type}` }));
    expect((await lea.delivery())?.delivery).toBe("queued");
    expect(await db().deliveryEvent.count({ where: { id: { in: ["msg_opened", "msg_clicked"] } } })).toBe(0);
  });

  test("a letter of long words in it is cut, and cannot stop the webhook", async () => {
    const lea = await invited();
    const odd = `a\u0000b\n${"x".repeat(295)}😀😀`;
    await hear(message(lea.letter, "bounced", { bounce: { ...HARD, subType: "General", message: odd } }));
    const detail = (await lea.delivery())?.detail ?? "";
    expect(detail).toContain("for good: a b x");
    expect(detail.length).toBeLessThan(360);
  });

  test("of an earlier letter it changes nothing about the invitation's latest one", async () => {
    const lea = await invited();
    await db().$executeRaw`
      UPDATE invitation SET email_message_id = ${randomUUID()}::uuid WHERE email_message_id = ${lea.letter}::uuid`;
    await hear(message(lea.letter, "bounced", { bounce: HARD }));
    expect(await lea.delivery()).toEqual({ delivery: "queued", detail: null, letter: "bounced" });
  });
});

describe("in any order, and again", () => {
  test("C10 the same event 100 times at once is heard once", async () => {
    const lea = await invited();
    const told = message(lea.letter, "bounced", { bounce: HARD });
    const answers = await Promise.all(Array.from({ length: 100 }, () => hear(told)));
    expect(new Set(answers)).toEqual(new Set(["heard"]));
    expect(await db().deliveryEvent.count({ where: { emailMessageId: lea.letter } })).toBe(1);
    expect(await lea.timeline()).toHaveLength(1);
  });

  // The long run is `npm run proof:letters`.
  test("C10 a heap of news, shuffled and repeated, ends in one state for each letter", async () => {
    const { told, letters } = await playNews(1_000);
    expect([told >= 1_000, letters]).toEqual([true, 200]);
  });
});

describe("who is heard", () => {
  test("unsigned, altered, foreign and stale messages are refused and change nothing", async () => {
    const lea = await invited();
    const { id, body } = message(lea.letter, "delivered");
    const right = signatureOf(secret, id, body);
    const minutes = (count: number) => Date.now() + count * 60_000;
    const wrong: [string, Record<string, string>][] = [
      [body, {}],
      [body, { ...right, "svix-signature": "" }],
      [body, { ...right, "svix-signature": "v1,AAAA" }],
      [body.replace("delivered", "complained"), right],
      [`${body} `, right],
      [body, { ...right, "svix-id": "msg_other" }],
      [body, { ...right, "svix-timestamp": String(Math.floor(minutes(1) / 1000)) }],
      [body, signatureOf(`whsec_${randomBytes(24).toString("base64")}`, id, body)],
      [body, signatureOf(secret, id, body, minutes(-6))],
      [body, signatureOf(secret, id, body, minutes(6))],
      ["", signatureOf(secret, id, body)],
      ["not json", signatureOf(secret, id, "not json")],
    ];
    for (const [sent, headers] of wrong)
      expect(await hearProvider(sent, new Headers(headers)), JSON.stringify(headers)).toBe("refused");
    expect((await lea.delivery())?.delivery).toBe("queued");
    expect(await hear({ id, body })).toBe("heard");
  });

  test("signed news about no letter of ours are kept, without their contents", async () => {
    const [untagged, unknown] = [randomUUID(), randomUUID()];
    expect(await hear(message("", "delivered", { id: untagged, tags: { campaign: "spring" } }))).toBe(
      "heard",
    );
    expect(await hear(message(randomUUID(), "bounced", { id: unknown, bounce: HARD }))).toBe("heard");
    const kept = await db().deliveryEvent.findMany({ where: { id: { in: [untagged, unknown] } } });
    expect(kept.map(({ emailMessageId, data }) => ({ emailMessageId, data }))).toEqual([
      { emailMessageId: null, data: {} },
      { emailMessageId: null, data: {} },
    ]);
  });

  test("what is signed but speaks of something else, or of nothing at all, is heard and left alone", async () => {
    for (const body of ["{}", "[]", "null", '{"type":"contact.created","created_at":"x","data":{}}'])
      expect(await hear({ id: randomUUID(), body })).toBe("heard");
  });
});
