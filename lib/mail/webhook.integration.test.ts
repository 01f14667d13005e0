import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { signWebhook } from "@/e2e/stand-in/webhooks";
import { db } from "@/lib/db/client";
import { handleResendWebhook } from "@/lib/mail/webhook";
import { fuzzDeliveryEvents } from "@/scripts/webhook-fuzz";
import { createTestOrganization } from "@/test/factories";

const secret = `whsec_${randomBytes(24).toString("base64")}`;

beforeAll(async () => {
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_WEBHOOK_SECRET = secret;
  process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
});

type Bounce = { type: string; subType: string; message: string };
type EventOptions = { id?: string; at?: string; bounce?: Bounce; tags?: object; failed?: object };

/** Creates an event about an email as the provider sends it: its body and its id. */
function createEvent(emailId: string, type: string, { id, at, ...data }: EventOptions = {}) {
  return {
    id: id ?? `msg_${randomUUID()}`,
    body: JSON.stringify({
      type: `email.${type}`,
      created_at: at ?? "2026-11-27T10:00:00.000Z",
      data: { email_id: randomUUID(), to: ["lea@people.test"], tags: { email_message: emailId }, ...data },
    }),
  };
}

function send({ id, body }: { id: string; body: string }) {
  return handleResendWebhook(body, new Headers(signWebhook(secret, id, body)));
}

const PERMANENT_BOUNCE = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1 no such user" };

async function inviteLea() {
  const org = await createTestOrganization();
  await org.inviteBatch("lea");
  const message = await db().emailMessage.findFirstOrThrow({ where: { organizationId: org.id } });
  return {
    emailId: message.id,
    delivery: async () => (await org.deliveries()).lea,
    timeline: () =>
      db().activity.findMany({
        where: { organizationId: org.id, type: { in: ["bounced", "complained"] } },
        select: { type: true, data: true, invitationId: true },
        orderBy: { id: "asc" },
      }),
  };
}

describe("delivery events", () => {
  test("C10 update the email and its invitation: sent, delayed, delivered, bounced with the reason", async () => {
    const lea = await inviteLea();
    expect(await send(createEvent(lea.emailId, "sent"))).toBe("accepted");
    expect(await lea.delivery()).toEqual({ delivery: "sent", detail: null, state: "sent" });
    await send(createEvent(lea.emailId, "delivery_delayed"));
    expect(await lea.delivery()).toMatchObject({
      delivery: "delayed",
      detail: "the mail server hasn't accepted it yet; the email provider keeps trying",
    });
    await send(createEvent(lea.emailId, "delivered"));
    expect(await lea.delivery()).toEqual({ delivery: "delivered", detail: null, state: "delivered" });
    await send(createEvent(lea.emailId, "bounced", { bounce: PERMANENT_BOUNCE }));
    expect(await lea.delivery()).toEqual({
      delivery: "bounced",
      detail: "mailbox does not exist",
      state: "bounced",
    });
  });

  test("C11 add a bounce to the timeline once, with its reason and without the address", async () => {
    const lea = await inviteLea();
    await send(
      createEvent(lea.emailId, "bounced", {
        bounce: { ...PERMANENT_BOUNCE, message: "lea@people.test unknown" },
      }),
    );
    await send(createEvent(lea.emailId, "bounced", { bounce: PERMANENT_BOUNCE }));
    await send(createEvent(lea.emailId, "complained"));
    const { invitationId } = await db().emailMessage.findUniqueOrThrow({ where: { id: lea.emailId } });
    expect(await lea.timeline()).toEqual([
      { type: "bounced", data: { reason: "no-mailbox", hard: "true" }, invitationId },
      { type: "complained", data: {}, invitationId },
    ]);
  });

  test("C10 an email that the provider suppresses counts as a permanent bounce", async () => {
    const lea = await inviteLea();
    await send(createEvent(lea.emailId, "suppressed"));
    expect(await lea.delivery()).toMatchObject({
      delivery: "bounced",
      detail: expect.stringContaining("stopped delivering here"),
    });
  });

  test("C10 a failure has the provider's reason", async () => {
    const lea = await inviteLea();
    await send(createEvent(lea.emailId, "failed", { failed: { reason: "domain_not_verified" } }));
    expect((await lea.delivery())?.detail).toBe("the email provider didn't send it: domain_not_verified");
  });

  test("C10 opened and clicked emails are neither reported nor stored", async () => {
    const lea = await inviteLea();
    for (const type of ["opened", "clicked"])
      await send(createEvent(lea.emailId, type, { id: `msg_${type}` }));
    expect((await lea.delivery())?.delivery).toBe("queued");
    expect(await db().deliveryEvent.count({ where: { id: { in: ["msg_opened", "msg_clicked"] } } })).toBe(0);
  });

  test("long text with control characters is shortened and cleaned", async () => {
    const lea = await inviteLea();
    const text = `a\u0000b\n${"x".repeat(295)}😀😀`;
    await send(
      createEvent(lea.emailId, "bounced", {
        bounce: { ...PERMANENT_BOUNCE, subType: "General", message: text },
      }),
    );
    const detail = (await lea.delivery())?.detail ?? "";
    expect(detail).toContain("rejects this address: a b x");
    expect(detail.length).toBeLessThan(360);
  });

  test("an event about an email that version 0.1.0 sent is applied by its former tag", async () => {
    const lea = await inviteLea();
    const event = createEvent("", "delivered", { tags: { letter: lea.emailId } });
    expect(await send(event)).toBe("accepted");
    expect(await lea.delivery()).toEqual({ delivery: "delivered", detail: null, state: "delivered" });
  });

  test("an event about an earlier email does not change the delivery of the invitation", async () => {
    const lea = await inviteLea();
    await db().$executeRaw`
      UPDATE invitation SET email_message_id = ${randomUUID()}::uuid WHERE email_message_id = ${lea.emailId}::uuid`;
    await send(createEvent(lea.emailId, "bounced", { bounce: PERMANENT_BOUNCE }));
    expect(await lea.delivery()).toEqual({ delivery: "queued", detail: null, state: "bounced" });
  });
});

describe("order and repetition", () => {
  test("C10 the same event sent 100 times concurrently is applied once", async () => {
    const lea = await inviteLea();
    const event = createEvent(lea.emailId, "bounced", { bounce: PERMANENT_BOUNCE });
    const results = await Promise.all(Array.from({ length: 100 }, () => send(event)));
    expect(new Set(results)).toEqual(new Set(["accepted"]));
    expect(await db().deliveryEvent.count({ where: { emailMessageId: lea.emailId } })).toBe(1);
    expect(await lea.timeline()).toHaveLength(1);
  });

  // The long run is `npm run proof:emails`.
  test("C10 many events, shuffled and repeated, give each email the status of its last event", async () => {
    const { applied, emails } = await fuzzDeliveryEvents(1_000);
    expect([applied >= 1_000, emails]).toEqual([true, 200]);
  });
});

describe("authentication", () => {
  test("unsigned, altered and stale events and those signed with another secret are rejected and change nothing", async () => {
    const lea = await inviteLea();
    const { id, body } = createEvent(lea.emailId, "delivered");
    const valid = signWebhook(secret, id, body);
    const minutes = (count: number) => Date.now() + count * 60_000;
    const rejected: [string, Record<string, string>][] = [
      [body, {}],
      [body, { ...valid, "svix-signature": "" }],
      [body, { ...valid, "svix-signature": "v1,AAAA" }],
      [body.replace("delivered", "complained"), valid],
      [`${body} `, valid],
      [body, { ...valid, "svix-id": "msg_other" }],
      [body, { ...valid, "svix-timestamp": String(Math.floor(minutes(1) / 1000)) }],
      [body, signWebhook(`whsec_${randomBytes(24).toString("base64")}`, id, body)],
      [body, signWebhook(secret, id, body, minutes(-6))],
      [body, signWebhook(secret, id, body, minutes(6))],
      ["", signWebhook(secret, id, body)],
      ["not json", signWebhook(secret, id, "not json")],
    ];
    for (const [sent, headers] of rejected)
      expect(await handleResendWebhook(sent, new Headers(headers)), JSON.stringify(headers)).toBe("invalid");
    expect((await lea.delivery())?.delivery).toBe("queued");
    expect(await send({ id, body })).toBe("accepted");
  });

  test("signed events about unknown emails are stored without their data", async () => {
    const [untagged, unknown] = [randomUUID(), randomUUID()];
    expect(await send(createEvent("", "delivered", { id: untagged, tags: { campaign: "spring" } }))).toBe(
      "accepted",
    );
    expect(await send(createEvent(randomUUID(), "bounced", { id: unknown, bounce: PERMANENT_BOUNCE }))).toBe(
      "accepted",
    );
    const stored = await db().deliveryEvent.findMany({ where: { id: { in: [untagged, unknown] } } });
    expect(stored.map(({ emailMessageId, data }) => ({ emailMessageId, data }))).toEqual([
      { emailMessageId: null, data: {} },
      { emailMessageId: null, data: {} },
    ]);
  });

  test("signed bodies that are not delivery events are accepted and ignored", async () => {
    for (const body of ["{}", "[]", "null", '{"type":"contact.created","created_at":"x","data":{}}'])
      expect(await send({ id: randomUUID(), body })).toBe("accepted");
  });
});
