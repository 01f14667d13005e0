import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FarSide, mailServer, nowhere, resendStandIn } from "@/e2e/stand-in/far-sides";
import { mailbox } from "./mailbox";
import { resend } from "./resend";
import { smtp } from "./smtp";
import type { EmailResult, Outgoing, SendResult, Transport } from "./transport";

/** What delivery relies on, whatever the way: each transport, through its real library, against a real far side. */
const WAYS: { name: string; farSide: () => Promise<FarSide>; make: (url: string) => Transport }[] = [
  { name: "resend", farSide: resendStandIn, make: (url) => resend("re_test", url) },
  { name: "smtp", farSide: mailServer, make: smtp },
  { name: "mailbox", farSide: nowhere, make: () => mailbox },
];

const letterTo = (to: string): Outgoing => ({
  id: randomUUID(),
  to,
  from: "Größe & Söhne <invitations@northwind.org>",
  replyTo: "desk@northwind.org",
  subject: "Ana invited you – größer",
  html: "<p>Join <b>Größe &amp; Söhne</b></p>",
  text: "Join Größe & Söhne\n.\nhttps://join.northwind.org/join/7KQF9?proof=ABC\n",
});
const three = () => ["lea@people.test", "omar@people.test", "zoe@people.test"].map(letterTo);

describe.each(WAYS)("$name", ({ name, farSide, make }) => {
  let far: FarSide;
  let way: Transport;
  const leaves = name !== "mailbox";

  beforeAll(async () => {
    far = await farSide();
    way = make(far.url);
  });
  afterAll(() => far.stop());
  beforeEach(() => far.clear());

  /** Calls as often as the transport needs, as delivery does; stops at the first call that was not answered. */
  async function send(letters: Outgoing[], key = randomUUID()): Promise<SendResult> {
    const results: EmailResult[] = [];
    for (let from = 0; from < letters.length; from += way.perCall) {
      const outcome = await way.call(key, letters.slice(from, from + way.perCall));
      if (outcome.outcome !== "answered") return outcome;
      expect(outcome.results).toHaveLength(Math.min(way.perCall, letters.length - from));
      results.push(...outcome.results);
    }
    return { outcome: "answered", results };
  }

  const statesOf = (outcome: SendResult) =>
    outcome.outcome === "answered" ? outcome.results.map(({ state }) => state) : outcome.outcome;

  test("C10 it says sent of exactly the letters that the far side has, in their order", async () => {
    const letters = three();
    const outcome = await send(letters);
    expect(statesOf(outcome)).toEqual(letters.map(() => (leaves ? "sent" : "kept")));
    expect((await far.arrived()).map(({ id }) => id)).toEqual(leaves ? letters.map(({ id }) => id) : []);
    for (const result of outcome.outcome === "answered" ? outcome.results : [])
      expect(Object.values(result).every(Boolean)).toBe(true);
  });

  test("D1 what arrives is what was written: to one person, from the sender, answered to, in HTML and text", async () => {
    const [letter] = three();
    if (!letter) throw new Error("no letter");
    await send([letter]);
    expect(await far.arrived()).toEqual(leaves ? [letter] : []);
  });

  test("an address that is refused fails alone, with the words of the far side", async () => {
    const letters = three();
    await far.refuse("omar@people.test");
    const outcome = await send(
      // Resend looks at the shape alone; a mail server knows its people.
      name === "resend"
        ? letters.map((one, at) => (at === 1 ? { ...one, to: "omar@nowhere" } : one))
        : letters,
    );
    expect(statesOf(outcome)).toEqual(leaves ? ["sent", "failed", "sent"] : ["kept", "kept", "kept"]);
    if (!leaves || outcome.outcome !== "answered") return;
    expect(outcome.results[1]).toMatchObject({ detail: expect.stringMatching(/no such user|Invalid `to`/) });
  });

  test("a call whose answer is lost leaves it open, and the same key with the same letters sends them once", async () => {
    const [letter] = three();
    if (!letter) throw new Error("no letter");
    const key = randomUUID();
    await far.loseAnswer();
    expect(statesOf(await send([letter], key))).toEqual(leaves ? "unanswered" : ["kept"]);
    expect(statesOf(await send([letter], key))).toEqual([leaves ? "sent" : "kept"]);
    // Of several copies that SMTP cannot prevent, all carry the same Message-ID, by which mailboxes drop them.
    const ids = (await far.arrived()).map(({ id }) => id);
    expect([...new Set(ids)]).toEqual(leaves ? [letter.id] : []);
  });

  test("a far side that talks nonsense is no reason to say sent, or to fail", async () => {
    await far.talkNonsense();
    expect(statesOf(await send(three()))).toEqual(leaves ? "unanswered" : ["kept", "kept", "kept"]);
  });

  test("a far side that is not there throws nothing: later it may go", async () => {
    await far.vanish();
    const outcome = statesOf(await send(three()));
    expect(leaves ? ["unanswered", "refused"] : [["kept", "kept", "kept"]]).toContainEqual(outcome);
    await far.comeBack();
    expect(statesOf(await send(three()))).toEqual(Array(3).fill(leaves ? "sent" : "kept"));
  });
});
