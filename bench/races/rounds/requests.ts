import { someone } from "@/lib/organizations/fixture";
import {
  adminOf,
  askFor,
  askOnly,
  expireIn,
  freshIp,
  guests,
  late,
  placeOf,
  strangers,
  type TestOrganization,
} from "../houses";
import type { Move } from "../moves";
import { invited, PAIRS, type Race, SIXTEENS, THREES, word } from "../race";

/** REQ-E5: of approving and dismissing by many at once one is done, and the others are told that it was answered. */
export const sixteenAnswers: Race = {
  name: "16 answers to one request",
  outcomes: ["approved", "dismissed"],
  async deal(org) {
    const people = await lapsed(org, SIXTEENS);
    const requests = await askFor(org, people);
    return people.map((person, at) => ({
      places: [placeOf(org, person)],
      moves: Array.from({ length: 16 }, (_, turn): Move => {
        const answer = { actor: adminOf(org, turn), request: requests[at] ?? "", after: late(4) };
        return turn % 2 === 0 ? { do: "approve", ...answer } : { do: "dismiss", ...answer };
      }),
      before: { invited: 1 },
      judge: (answers, [ledger]) => {
        const told = answers.map(word);
        const isOne = told.filter((one) => one === "ok").length === 1;
        const others = told.filter((one) => one !== "ok");
        const isRight = isOne && others.every((one) => one === "answered-meanwhile");
        return isRight ? (ledger?.requests[0]?.status ?? "none") : told.join();
      },
    }));
  },
};

/** REQ-E3 and REQ-E5: somebody new to the organization; two administrators send the invitation, and one goes out. */
export const approveTwice: Race = {
  name: "Two administrators approve one request",
  outcomes: ["the first", "the second"],
  async deal(org) {
    const people = Array.from({ length: PAIRS }, () => ({ email: someone("rosa") }));
    const requests = await askFor(org, people);
    return people.map((person, turn) => {
      const move = { do: "approve", request: requests[turn] ?? "" } as const;
      return {
        places: [placeOf(org, person)],
        moves: [
          { ...move, actor: adminOf(org, turn), after: late(2) },
          { ...move, actor: adminOf(org, turn + 1), after: late(2) },
        ],
        before: {},
        judge: ([first, second], [ledger]) => {
          const told = `${word(first)}, ${word(second)}, ${ledger?.requests[0]?.status}`;
          if (told === "ok, answered-meanwhile, approved") return "the first";
          return told === "answered-meanwhile, ok, approved" ? "the second" : told;
        },
      };
    });
  },
};

/** REQ-E5: one of the two is done, and its answer is what the person's rows say. */
export const approveAgainstDismiss: Race = {
  name: "Approve against dismiss",
  outcomes: ["approved", "dismissed"],
  async deal(org) {
    const people = await lapsed(org, PAIRS);
    const requests = await askFor(org, people);
    return people.map((person, turn) => {
      const request = requests[turn] ?? "";
      return {
        places: [placeOf(org, person)],
        moves: [
          { do: "approve", actor: adminOf(org, turn), request, after: late(2) },
          { do: "dismiss", actor: adminOf(org, turn + 1), request, after: late(6) },
        ],
        before: { invited: 1 },
        judge: ([approve, dismiss], [ledger]) => {
          const told = `${word(approve)}, ${word(dismiss)}, ${ledger?.requests[0]?.status}`;
          if (told === "ok, answered-meanwhile, approved") return "approved";
          return told === "answered-meanwhile, ok, dismissed" ? "dismissed" : told;
        },
      };
    });
  },
};

/** REQ-E2: the link pressed in sixteen windows confirms once, and the others find it done. */
export const sixteenConfirms: Race = {
  name: "16 presses confirm one request",
  outcomes: ["confirmed once"],
  async deal(org) {
    const people = await lapsed(org, SIXTEENS);
    const asked = await askOnly(org, people);
    return people.map((person, at) => ({
      places: [placeOf(org, person)],
      moves: Array.from({ length: 16 }, () => ({
        do: "confirm",
        ip: freshIp(),
        code: asked[at]?.code ?? "",
      })),
      before: { invited: 1 },
      judge: (answers, [ledger]) => {
        const told = answers.map(word);
        const others = told.filter((one) => one !== "ok");
        const isOnce = others.length === told.length - 1 && others.every((one) => one === "confirmed");
        const status = ledger?.requests[0]?.status;
        return isOnce && status === "pending" ? "confirmed once" : `${told.join()}: ${status}`;
      },
    }));
  },
};

/** REQ-E2 and REQ-E3: whoever is invited by hand while they confirm is invited once, and their request waits for nobody. */
export const confirmAgainstInvite: Race = {
  name: "Confirm against inviting by hand",
  outcomes: ["confirmed, then invited", "invited before"],
  async deal(org) {
    const people = await lapsed(org, PAIRS);
    const asked = await askOnly(org, people);
    return people.map((person, turn) => ({
      places: [placeOf(org, person)],
      moves: [
        { do: "confirm", ip: freshIp(), code: asked[turn]?.code ?? "", after: late(8) },
        { do: "invite", actor: adminOf(org, turn), addresses: [person.email], after: late(2) },
      ],
      before: { invited: 1 },
      judge: ([confirm, invite], [ledger]) => {
        const answer = invited(invite)[0]?.answer ?? word(invite);
        const told = `${word(confirm)}, ${answer}, ${ledger?.requests[0]?.status}`;
        if (told === "ok, invited-again, approved") return "confirmed, then invited";
        return told === "confirmed, invited-again, approved" ? "invited before" : told;
      },
    }));
  },
};

/** Invites so many, and their time is over. */
async function lapsed(org: TestOrganization, count: number) {
  const people = await strangers(org, count);
  await expireIn(
    people.map(({ invitation }) => invitation),
    people.map(() => 0),
  );
  return people;
}

/** REQ-E3 and REQ-B3: the address is invited once, by whichever way, and its request is approved. */
export const approveAgainstInvite: Race = {
  name: "Approve against inviting by hand",
  outcomes: ["by the request", "by hand"],
  async deal(org) {
    const people = await lapsed(org, PAIRS);
    const requests = await askFor(org, people);
    return people.map((person, turn) => ({
      places: [placeOf(org, person)],
      moves: [
        { do: "approve", actor: adminOf(org, turn), request: requests[turn] ?? "", after: late(4) },
        { do: "invite", actor: adminOf(org, turn + 1), addresses: [person.email], after: late(4) },
      ],
      before: { invited: 1 },
      judge: ([approve, invite], [ledger]) => {
        const told = `${word(approve)}, ${invited(invite)[0]?.answer ?? word(invite)}, ${ledger?.requests[0]?.status}`;
        if (told === "ok, already-invited, approved") return "by the request";
        return told === "answered-meanwhile, invited-again, approved" ? "by hand" : told;
      },
    }));
  },
};

/** REQ-E5: whoever joins by an earlier invitation is in once, whatever is answered to their request at that moment. */
export const approveAgainstJoin: Race = {
  name: "Approve and dismiss against a join",
  outcomes: ["in, and approved", "in, and dismissed"],
  async deal(org) {
    const people = await guests(org, THREES);
    const requests = await askFor(org, people);
    return people.map(({ signedIn, code, proof, ...person }, turn) => {
      const answer = { actor: adminOf(org, turn), request: requests[turn] ?? "" };
      return {
        places: [placeOf(org, person)],
        moves: [
          { do: "accept", ip: freshIp(), signedIn, input: { code, proof }, after: late(4) },
          { do: "approve", ...answer, after: late(4) },
          { do: "dismiss", ...answer, after: late(8) },
        ],
        before: { invited: 1 },
        judge: ([accept, approve], [ledger]) => {
          const isRefused = ["already-invited", "already-a-user", "answered-meanwhile"].includes(
            word(approve),
          );
          const isIn = word(accept) === "ok" && ledger?.members[0]?.status === "active";
          if (!isRefused || !isIn) return `${word(accept)}, ${word(approve)}`;
          return `in, and ${ledger.requests[0]?.status}`;
        },
      };
    });
  },
};
