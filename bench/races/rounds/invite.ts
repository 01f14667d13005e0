import { someone } from "@/lib/organizations/fixture";
import {
  adminOf,
  expireIn,
  late,
  placeOf,
  revokeAll,
  shuffled,
  strangers,
  type TestOrganization,
} from "../houses";
import type { Answer, Move } from "../moves";
import { invited, PAIRS, type Race, type Round, SIXTEENS, word } from "../race";

function inviting(org: TestOrganization, turn: number, addresses: string[], after?: number): Move {
  return { do: "invite", actor: adminOf(org, turn), addresses, after };
}

/** What the only address of a list was answered. */
function verdict(answer: Answer | undefined): string {
  return invited(answer)[0]?.answer ?? word(answer);
}

/** REQ-B3: one invitation and one letter; the second is told that the person is already invited. */
export const twoAdministrators: Race = {
  name: "Two administrators invite one address",
  outcomes: ["the first", "the second"],
  async deal(org) {
    return Array.from({ length: PAIRS }, (_, turn): Round => {
      const email = someone("lea");
      return {
        places: [placeOf(org, { email })],
        moves: [inviting(org, turn, [email], late(2)), inviting(org, turn + 1, [email], late(2))],
        before: {},
        judge: ([first, second]) => {
          const told = `${verdict(first)}, ${verdict(second)}`;
          if (told === "invited, already-invited") return "the first";
          return told === "already-invited, invited" ? "the second" : told;
        },
      };
    });
  },
};

/** Twelve addresses, sixteen lists of six of them in any order: each person once, whoever was first. */
export const overlappingLists: Race = {
  name: "16 clients invite overlapping lists",
  outcomes: ["each person once"],
  async deal(org) {
    return Array.from({ length: SIXTEENS }, () => lists(org));
  },
};

function lists(org: TestOrganization): Round {
  const emails = Array.from({ length: 12 }, () => someone("lea"));
  const made = Array.from({ length: 16 }, () => shuffled(emails).slice(0, 6));
  const wanted = emails.filter((email) => made.some((list) => list.includes(email)));
  return {
    places: wanted.map((email) => placeOf(org, { email })),
    moves: made.map((list, turn) => inviting(org, turn, list)),
    before: {},
    judge: (answers) => {
      const told = answers.flatMap(invited);
      const [won, lost] = ["invited", "already-invited"].map((what) =>
        told.filter((one) => one.answer === what),
      );
      const once =
        won?.length === wanted.length && new Set(won.map((one) => one.text)).size === wanted.length;
      const isRight = once && won.length + (lost?.length ?? 0) === 16 * 6;
      return isRight ? "each person once" : told.map((one) => one.answer).join();
    },
  };
}

/** REQ-C6: an undo restores what was revoked, unless the person was invited anew; never both. */
export const undoAgainstInvite: Race = {
  name: "Undo against a new invite",
  outcomes: ["undone", "invited anew"],
  async deal(org) {
    const people = await strangers(org, PAIRS);
    await revokeAll(
      org,
      people.map(({ invitation }) => invitation),
    );
    return people.map(({ email, invitation }, turn) => ({
      places: [placeOf(org, { email })],
      moves: [
        { do: "undo", actor: adminOf(org, turn), invitation, after: late(40) },
        inviting(org, turn + 1, [email], late(4)),
      ],
      before: { invited: 1, revoked: 1 },
      judge: ([undo, invite]) => {
        const told = `${word(undo)}, ${verdict(invite)}`;
        if (told === "ok, already-invited") return "undone";
        return told === "too-late, invited" ? "invited anew" : told;
      },
    }));
  },
};

/** REQ-C4 and REQ-B3: both would replace what has expired; one does. */
export const renewAgainstInvite: Race = {
  name: "Send new against inviting again",
  outcomes: ["renewed", "invited again"],
  async deal(org) {
    const people = await strangers(org, PAIRS);
    await expireIn(
      people.map(({ invitation }) => invitation),
      people.map(() => 0),
    );
    return people.map(({ email, invitation }, turn) => ({
      places: [placeOf(org, { email })],
      moves: [
        { do: "renew", actor: adminOf(org, turn), invitation, after: late(4) },
        inviting(org, turn + 1, [email], late(4)),
      ],
      before: { invited: 1 },
      judge: ([renew, invite]) => {
        const told = `${word(renew)}, ${verdict(invite)}`;
        if (told === "ok, already-invited") return "renewed";
        return told === "not-expired, invited-again" ? "invited again" : told;
      },
    }));
  },
};

/** REQ-C3 and REQ-B3: one restarts the term of what the other finds already invited; neither waits for the other for ever. */
export const resendAgainstInvite: Race = {
  name: "Resend against inviting the same",
  outcomes: ["resent"],
  async deal(org) {
    return (await strangers(org, PAIRS)).map(({ email, invitation }, turn) => ({
      places: [placeOf(org, { email })],
      moves: [{ do: "resend", actor: adminOf(org, turn), invitation }, inviting(org, turn, [email])],
      before: { invited: 1 },
      judge: ([resend, invite]) => {
        const told = `${word(resend)}, ${verdict(invite)}`;
        return told === "ok, already-invited" ? "resent" : told;
      },
    }));
  },
};
