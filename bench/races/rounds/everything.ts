import {
  adminOf,
  expireIn,
  freshIp,
  type Guest,
  guests,
  late,
  placeOf,
  shuffled,
  type TestOrganization,
} from "../houses";
import type { Kind, Move } from "../moves";
import { type Race, SIXTEENS } from "../race";

const KINDS = ["accept", "decline", "invite", "resend", "renew", "revoke", "undo"] as const satisfies Kind[];

/** So many of the kinds meet in a round: with all of them in each, the rarer meetings would hardly ever come about. */
const AT_ONCE = 3;

/**
 * Sixteen players do what they like with one invitation that may expire meanwhile. What comes out is anything that rows,
 * letters, timeline and answers agree about.
 */
export const everything: Race = {
  name: "Everything at once, about one person",
  outcomes: ["active", "invited", "removed"],
  async deal(org) {
    const people = await guests(org, SIXTEENS);
    const expiring = people.filter(() => Math.random() < 0.5);
    await expireIn(
      expiring.map(({ invitation }) => invitation),
      expiring.map(() => Math.floor(Math.random() * 60)),
    );
    return people.map((guest) => {
      const kinds = shuffled(KINDS).slice(0, AT_ONCE);
      return {
        places: [placeOf(org, guest)],
        moves: Array.from({ length: 16 }, (_, turn) => anyMove(kinds, org, guest, turn)),
        before: { invited: 1 },
        judge: (_, [ledger]) => ledger?.members[0]?.status ?? "nobody",
      };
    });
  },
};

function anyMove(
  kinds: (typeof KINDS)[number][],
  org: TestOrganization,
  { signedIn, email, invitation, code, proof }: Guest,
  turn: number,
): Move {
  const kind = kinds[Math.floor(Math.random() * kinds.length)] ?? "accept";
  const actor = adminOf(org, turn);
  const after = late(20);
  switch (kind) {
    case "accept":
      return { do: kind, ip: freshIp(), signedIn, input: { code, proof }, after };
    case "decline":
      return { do: kind, ip: freshIp(), code, after };
    case "invite":
      return { do: kind, actor, addresses: [email], after };
    default:
      return { do: kind, actor, invitation, after };
  }
}
