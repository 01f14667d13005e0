import { adminOf, askFor, expireIn, freshIp, guests, late, placeOf, strangers } from "../houses";
import type { Move } from "../moves";
import { invited, PAIRS, type Race, SIXTEENS, THREES, word } from "../race";

/** R E5: of approving and dismissing by many at once one is done, and the others are told that it was answered. */
export const sixteenAnswers: Race = {
  name: "16 answers to one request",
  outcomes: ["approved", "dismissed"],
  async deal(house) {
    const people = await strangers(house, SIXTEENS);
    await expireIn(
      people.map(({ invitation }) => invitation),
      people.map(() => 0),
    );
    const requests = await askFor(house, people);
    return people.map((person, at) => ({
      places: [placeOf(house, person)],
      moves: Array.from({ length: 16 }, (_, turn): Move => {
        const answer = { actor: adminOf(house, turn), request: requests[at] ?? "", after: late(4) };
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

/** R E3 and B3: the address is invited once, by whichever way, and its request is approved. */
export const approveAgainstInvite: Race = {
  name: "Approve against inviting by hand",
  outcomes: ["by the request", "by hand"],
  async deal(house) {
    const people = await strangers(house, PAIRS);
    await expireIn(
      people.map(({ invitation }) => invitation),
      people.map(() => 0),
    );
    const requests = await askFor(house, people);
    return people.map((person, turn) => ({
      places: [placeOf(house, person)],
      moves: [
        { do: "approve", actor: adminOf(house, turn), request: requests[turn] ?? "", after: late(4) },
        { do: "invite", actor: adminOf(house, turn + 1), addresses: [person.email], after: late(4) },
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

/** R E5: whoever joins by an earlier invitation is in once, whatever is answered to their request at that moment. */
export const approveAgainstJoin: Race = {
  name: "Approve and dismiss against a join",
  outcomes: ["in, and approved", "in, and dismissed"],
  async deal(house) {
    const people = await guests(house, THREES);
    const requests = await askFor(house, people);
    return people.map(({ signedIn, code, proof, ...person }, turn) => {
      const answer = { actor: adminOf(house, turn), request: requests[turn] ?? "" };
      return {
        places: [placeOf(house, person)],
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
