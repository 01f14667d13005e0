import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BOUNCE_DETAILS,
  type Bounce,
  bounceReason,
  describeBounce,
  isPermanentBounce,
} from "@/lib/mail/bounces";
import { DELIVERY_EVENT_TYPES, type DeliveryEvent, statusAfterEvents } from "@/lib/mail/delivery-events";

const bounce = (type: string, subType: string, message = ""): Bounce => ({ type, subType, message });

const anyBounce = fc.record({
  type: fc.constantFrom("Permanent", "Transient", "Undetermined", "Something"),
  subType: fc.constantFrom("General", "NoEmail", "MailboxFull", "__proto__", "New"),
  message: fc.string({ maxLength: 20 }),
});

const anyEvent: fc.Arbitrary<DeliveryEvent> = fc
  .record({
    id: fc.uuid(),
    type: fc.constantFrom(...DELIVERY_EVENT_TYPES),
    // Few timestamps, so that many events share one.
    at: fc.integer({ min: 0, max: 3 }).map((second) => new Date(second * 1_000)),
    bounce: anyBounce,
  })
  .map(({ bounce, ...event }) => (event.type === "bounced" ? { ...event, bounce } : event));

test("C10 the same events in any order and with repetitions give the same status", () => {
  const eventLists = fc.uniqueArray(anyEvent, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });
  const sequences = eventLists.chain((events) =>
    fc.record({
      events: fc.constant(events),
      received: fc
        .tuple(
          fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
          fc.shuffledSubarray(events),
        )
        .map(([all, repeated]) => [...repeated, ...all]),
    }),
  );
  fc.assert(
    fc.property(sequences, ({ events, received }) => {
      const unique = new Map(received.map((event) => [event.id, event]));
      expect(statusAfterEvents([...unique.values()])).toEqual(statusAfterEvents(events));
      expect(statusAfterEvents(received)).toEqual(statusAfterEvents(events));
    }),
    { numRuns: 10_000 },
  );
});

test.for<[string, DeliveryEvent["type"][], string]>([
  ["sent", ["sent"], "sent"],
  ["delayed, then delivered", ["sent", "delayed", "delivered"], "delivered"],
  ["delivered, then bounced", ["sent", "delivered", "bounced"], "bounced"],
  ["delivered, then marked as spam", ["delivered", "complained"], "complained"],
  ["sent, then failed at the provider", ["sent", "failed"], "failed"],
])("C10 %s", ([_, types, state]) => {
  const events = types.map((type, at) => ({ id: String(at), type, at: new Date(at) }));
  expect(statusAfterEvents(events)?.state).toBe(state);
});

test("an email without events has no status", () => {
  expect(statusAfterEvents([])).toBeNull();
});

test("C10 a bounce is described by its reason, with the mail server's text if the reason names no cause", () => {
  expect(describeBounce(bounce("Permanent", "NoEmail", "550 5.1.1"))).toBe("mailbox does not exist");
  expect(describeBounce(bounce("Transient", "MailboxFull"))).toBe("the mailbox is full");
  expect(describeBounce(bounce("Permanent", "General", "550 no"))).toBe(
    "the mail server permanently rejects this address: 550 no",
  );
  expect(describeBounce(bounce("Undetermined", "Undetermined"))).toBe(BOUNCE_DETAILS.unclear);
});

test("only permanent bounces are permanent, and an unknown type has a description", () => {
  expect([
    isPermanentBounce(bounce("Permanent", "General")),
    isPermanentBounce(bounce("Transient", "General")),
  ]).toEqual([true, false]);
  fc.assert(fc.property(anyBounce, (any) => Object.hasOwn(BOUNCE_DETAILS, bounceReason(any))));
});
