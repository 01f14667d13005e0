import { createTestOrganization, someone } from "@/lib/organizations/fixture";
import {
  adminOf,
  expireIn,
  freshIp,
  type Guest,
  guests,
  inviteAll,
  late,
  placeOf,
  strangers,
  type TestOrganization,
} from "../houses";
import type { Ledger } from "../ledger";
import type { Answer, Move } from "../moves";
import { PAIRS, type Race, type Round, SIXTEENS, word } from "../race";

function accepting({ signedIn, code, proof }: Guest, after?: number): Move {
  const byLetter = Math.random() < 0.5;
  return { do: "accept", ip: freshIp(), signedIn, input: byLetter ? { code, proof } : { code }, after };
}

/** Exactly one was told yes, and all others one of these reasons. */
function oneOf(answers: readonly Answer[], reasons: readonly string[]): boolean {
  const told = answers.map(word);
  const others = told.filter((one) => one !== "ok");
  return others.length === told.length - 1 && others.every((one) => reasons.includes(one));
}

/** The same person in sixteen windows: a code works once (REQ-C8). */
export const sixteenAccepts: Race = {
  name: "16 accepts of one code",
  outcomes: ["one joined"],
  async deal(org) {
    return (await guests(org, SIXTEENS)).map((guest) => ({
      places: [placeOf(org, guest)],
      moves: Array.from({ length: 16 }, () => accepting(guest)),
      before: { invited: 1 },
      judge: (answers) => (oneOf(answers, ["accepted"]) ? "one joined" : answers.map(word).join()),
    }));
  },
};

/** The same with people who are new: sixteen passwords are hashed, and there is one account. */
export const sixteenStrangers: Race = {
  name: "16 new people accept one code",
  outcomes: ["one joined"],
  rounds: 500,
  async deal(org) {
    return (await strangers(org, 1)).map((one) => ({
      places: [placeOf(org, one)],
      moves: Array.from({ length: 16 }, () => joiningAnew(one)),
      before: { invited: 1 },
      judge: (answers) => (oneOf(answers, ["accepted"]) ? "one joined" : answers.map(word).join()),
    }));
  },
};

function joiningAnew({ code, proof }: Omit<Guest, "signedIn">): Move {
  const input = { code, proof, name: "Omar Aziz", password: "lovely geese walk" };
  return { do: "accept", ip: freshIp(), signedIn: null, input };
}

/** One new person with the letters of four organizations: one account, and whoever came second must log in first. */
export const fourHouses: Race = {
  name: "One new person joins four organizations",
  outcomes: ["one joined"],
  rounds: 500,
  async deal() {
    const email = someone("omar");
    const all = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { id, owner } = await createTestOrganization();
        const org = { id, owner, admins: [] };
        const [invited] = await inviteAll(org, [email]);
        return invited ? [{ org, invited }] : [];
      }),
    );
    const open = all.flat();
    return [
      {
        places: open.map(({ org, invited }) => placeOf(org, invited)),
        moves: open.flatMap(({ invited }) => Array.from({ length: 4 }, () => joiningAnew(invited))),
        before: { invited: open.length },
        judge: (answers, ledgers) => {
          const joined = ledgers.filter(({ members }) => members[0]?.status === "active").length;
          return joined === 1 && oneOf(answers, ["accepted", "account-exists"])
            ? "one joined"
            : `${joined} joined`;
        },
      },
    ];
  },
};

/** Rounds of two: one accepts; what the other does, how late they may be, and how such a round ends, is given. */
async function pairs(
  org: TestOrganization,
  second: (guest: Guest, turn: number) => Move,
  lateness: number,
  judge: (first: string, second: string, ledger: Ledger | undefined) => string,
): Promise<Round[]> {
  return (await guests(org, PAIRS)).map((guest, turn) => ({
    places: [placeOf(org, guest)],
    moves: [accepting(guest), { ...second(guest, turn), after: late(lateness) }],
    before: { invited: 1 },
    judge: ([first, other], [ledger]) => judge(word(first), word(other), ledger),
  }));
}

/** REQ-C6: the code is dead once the revocation is committed, and who is in cannot be revoked. */
export const acceptAgainstRevoke: Race = {
  name: "Accept against revoke",
  outcomes: ["accepted", "revoked"],
  deal: (org) =>
    pairs(
      org,
      ({ invitation }, turn) => ({ do: "revoke", actor: adminOf(org, turn), invitation }),
      12,
      (accept, revoke) => {
        if (accept === "ok" && revoke === "not-open") return "accepted";
        if (revoke === "ok" && accept === "revoked") return "revoked";
        return `accept ${accept}, revoke ${revoke}`;
      },
    ),
};

/** REQ-D4: one of the two wins. */
export const acceptAgainstDecline: Race = {
  name: "Decline against accept",
  outcomes: ["accepted", "declined"],
  deal: (org) =>
    pairs(
      org,
      ({ code }) => ({ do: "decline", ip: freshIp(), code }),
      6,
      (accept, decline) => {
        if (accept === "ok" && ["accepted", "no-longer-pending"].includes(decline)) return "accepted";
        if (decline === "ok" && accept === "declined") return "declined";
        return `accept ${accept}, decline ${decline}`;
      },
    ),
};

/** REQ-C4: the invitation expires right then, by the database's clock: until it does it is accepted, from then on renewed. */
export const acceptAgainstRenew: Race = {
  name: "Accept against send new, at expiry",
  outcomes: ["accepted", "renewed"],
  // The press on Send new came before the expiry, and the one on Join after it.
  mayHappen: ["neither"],
  async deal(org) {
    const rounds = await pairs(
      org,
      ({ invitation }, turn) => ({ do: "renew", actor: adminOf(org, turn), invitation }),
      60,
      (accept, renew) => {
        if (accept === "ok" && renew === "not-expired") return "accepted";
        if (renew === "ok" && ["expired", "superseded"].includes(accept)) return "renewed";
        if (accept === "expired" && renew === "not-expired") return "neither";
        return `accept ${accept}, renew ${renew}`;
      },
    );
    const ids = rounds.flatMap(({ moves }) =>
      moves.flatMap((move) => (move.do === "renew" ? move.invitation : [])),
    );
    await expireIn(
      ids,
      ids.map(() => 5 + Math.floor(Math.random() * 115)),
    );
    return rounds;
  },
};
