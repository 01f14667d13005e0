import fc from "fast-check";
import { expect, test } from "vitest";
import { BOUNCE_MESSAGES, type Bounce, bounceReason, bounceWords, isHard } from "@/lib/mail/bounces";
import { EVENT_TYPES, type LetterEvent, stateAfter } from "@/lib/mail/events";

const bounce = (type: string, subType: string, message = ""): Bounce => ({ type, subType, message });

const anyBounce = fc.record({
  type: fc.constantFrom("Permanent", "Transient", "Undetermined", "Something"),
  subType: fc.constantFrom("General", "NoEmail", "MailboxFull", "__proto__", "New"),
  message: fc.string({ maxLength: 20 }),
});

const anyEvent: fc.Arbitrary<LetterEvent> = fc
  .record({
    id: fc.uuid(),
    type: fc.constantFrom(...EVENT_TYPES),
    // Few moments, so that many share one.
    at: fc.integer({ min: 0, max: 3 }).map((second) => new Date(second * 1_000)),
    bounce: anyBounce,
  })
  .map(({ bounce, ...event }) => (event.type === "bounced" ? { ...event, bounce } : event));

test("C10 the same news in any order, and however often, ends in the same state", () => {
  const news = fc.uniqueArray(anyEvent, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });
  const shuffles = news.chain((events) =>
    fc.record({
      events: fc.constant(events),
      told: fc
        .tuple(
          fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
          fc.shuffledSubarray(events),
        )
        .map(([all, again]) => [...again, ...all]),
    }),
  );
  fc.assert(
    fc.property(shuffles, ({ events, told }) => {
      const once = new Map(told.map((event) => [event.id, event]));
      expect(stateAfter([...once.values()])).toEqual(stateAfter(events));
      expect(stateAfter(told)).toEqual(stateAfter(events));
    }),
    { numRuns: 10_000 },
  );
});

test.for<[string, LetterEvent["type"][], string]>([
  ["nothing but its way", ["sent"], "sent"],
  ["delayed, then there", ["sent", "delayed", "delivered"], "delivered"],
  ["there, and its server sends it back", ["sent", "delivered", "bounced"], "bounced"],
  ["there, and its reader calls it spam", ["delivered", "complained"], "complained"],
  ["the provider fails", ["sent", "failed"], "failed"],
])("C10 %s", ([_, types, state]) => {
  const events = types.map((type, at) => ({ id: String(at), type, at: new Date(at) }));
  expect(stateAfter(events)?.state).toBe(state);
});

test("of a letter that nobody told of nothing is known", () => {
  expect(stateAfter([])).toBeNull();
});

test("C10 a bounce says in words why, and the mail server's own follow where ours name no cause", () => {
  expect(bounceWords(bounce("Permanent", "NoEmail", "550 5.1.1"))).toBe("mailbox does not exist");
  expect(bounceWords(bounce("Transient", "MailboxFull"))).toBe("the mailbox is full");
  expect(bounceWords(bounce("Permanent", "General", "550 no"))).toBe(
    "its mail server refuses this address for good: 550 no",
  );
  expect(bounceWords(bounce("Undetermined", "Undetermined"))).toBe(BOUNCE_MESSAGES.unclear);
});

test("only what is permanent is hard, and a type of tomorrow has words too", () => {
  expect([isHard(bounce("Permanent", "General")), isHard(bounce("Transient", "General"))]).toEqual([
    true,
    false,
  ]);
  fc.assert(fc.property(anyBounce, (any) => Object.hasOwn(BOUNCE_MESSAGES, bounceReason(any))));
});
