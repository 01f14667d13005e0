import { createTestOrganization, uniqueEmail } from "@/test/factories";
import type { CallResult, CommandCall } from "../calls";
import type { PersonSnapshot } from "../db-snapshot";
import {
  adminOf,
  expireIn,
  type Invitee,
  inviteAccounts,
  inviteAll,
  inviteNewPeople,
  jitter,
  newClientIp,
  personKey,
  type RaceOrganization,
} from "../organizations";
import { PAIR_ROUNDS, type RaceRound, type RaceScenario, resultCode, SIXTEEN_ROUNDS } from "../race";

function acceptCall({ signedIn, code, proof }: Invitee, after?: number): CommandCall {
  const withProof = Math.random() < 0.5;
  return {
    command: "accept",
    ip: newClientIp(),
    signedIn,
    input: withProof ? { code, proof } : { code },
    after,
  };
}

/** Returns true if exactly one call succeeded and all others were refused for one of these reasons. */
function hasOneSuccess(results: readonly CallResult[], reasons: readonly string[]): boolean {
  const codes = results.map(resultCode);
  const others = codes.filter((code) => code !== "ok");
  return others.length === codes.length - 1 && others.every((code) => reasons.includes(code));
}

/** One person in 16 browser windows: a code works once (REQ-C8). */
export const sixteenAccepts: RaceScenario = {
  name: "16 accepts of one code",
  outcomes: ["one joined"],
  async prepare(org) {
    return (await inviteAccounts(org, SIXTEEN_ROUNDS)).map((invitee) => ({
      people: [personKey(org, invitee)],
      calls: Array.from({ length: 16 }, () => acceptCall(invitee)),
      before: { invited: 1 },
      classify: (results) =>
        hasOneSuccess(results, ["accepted"]) ? "one joined" : results.map(resultCode).join(),
    }));
  },
};

/** The same without an account: 16 passwords are hashed, but only one account is created. */
export const sixteenNewUsers: RaceScenario = {
  name: "16 new people accept one code",
  outcomes: ["one joined"],
  rounds: 500,
  async prepare(org) {
    return (await inviteNewPeople(org, 1)).map((invitee) => ({
      people: [personKey(org, invitee)],
      calls: Array.from({ length: 16 }, () => newAccountCall(invitee)),
      before: { invited: 1 },
      classify: (results) =>
        hasOneSuccess(results, ["accepted"]) ? "one joined" : results.map(resultCode).join(),
    }));
  },
};

function newAccountCall({ code, proof }: Omit<Invitee, "signedIn">): CommandCall {
  const input = { code, proof, name: "Omar Aziz", password: "lovely geese walk" };
  return { command: "accept", ip: newClientIp(), signedIn: null, input };
}

/** One new person with emails from four organizations: one account, and the later calls must log in first. */
export const fourOrganizations: RaceScenario = {
  name: "One new person joins four organizations",
  outcomes: ["one joined"],
  rounds: 500,
  async prepare() {
    const email = uniqueEmail("omar");
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
        people: open.map(({ org, invited }) => personKey(org, invited)),
        calls: open.flatMap(({ invited }) => Array.from({ length: 4 }, () => newAccountCall(invited))),
        before: { invited: open.length },
        classify: (results, snapshots) => {
          const joined = snapshots.filter(({ members }) => members[0]?.status === "active").length;
          return joined === 1 && hasOneSuccess(results, ["accepted", "account-exists"])
            ? "one joined"
            : `${joined} joined`;
        },
      },
    ];
  },
};

/** Prepares rounds of an accept and a second call with jitter in milliseconds. `classify` gets both result codes. */
async function preparePairs(
  org: RaceOrganization,
  second: (invitee: Invitee, index: number) => CommandCall,
  maxJitter: number,
  classify: (first: string, second: string, snapshot: PersonSnapshot | undefined) => string,
): Promise<RaceRound[]> {
  return (await inviteAccounts(org, PAIR_ROUNDS)).map((invitee, index) => ({
    people: [personKey(org, invitee)],
    calls: [acceptCall(invitee), { ...second(invitee, index), after: jitter(maxJitter) }],
    before: { invited: 1 },
    classify: ([first, other], [snapshot]) => classify(resultCode(first), resultCode(other), snapshot),
  }));
}

/** REQ-C6: the code is invalid once the revocation is committed, and a member's invitation cannot be revoked. */
export const acceptVsRevoke: RaceScenario = {
  name: "Accept vs. revoke",
  outcomes: ["accepted", "revoked"],
  prepare: (org) =>
    preparePairs(
      org,
      ({ invitation }, index) => ({ command: "revoke", actor: adminOf(org, index), invitation }),
      12,
      (accept, revoke) => {
        if (accept === "ok" && revoke === "not-open") return "accepted";
        if (revoke === "ok" && accept === "revoked") return "revoked";
        return `accept ${accept}, revoke ${revoke}`;
      },
    ),
};

/** REQ-D4: exactly one of the two succeeds. */
export const acceptVsDecline: RaceScenario = {
  name: "Decline vs. accept",
  outcomes: ["accepted", "declined"],
  prepare: (org) =>
    preparePairs(
      org,
      ({ code }) => ({ command: "decline", ip: newClientIp(), code }),
      6,
      (accept, decline) => {
        if (accept === "ok" && ["accepted", "no-longer-pending"].includes(decline)) return "accepted";
        if (decline === "ok" && accept === "declined") return "declined";
        return `accept ${accept}, decline ${decline}`;
      },
    ),
};

/** REQ-C4: the invitation expires during the round: before that it can be accepted, afterwards only renewed. */
export const acceptVsRenew: RaceScenario = {
  name: "Accept vs. send new, at expiry",
  outcomes: ["accepted", "renewed"],
  // Send new was called before the expiry, and Join after it.
  rareOutcomes: ["neither"],
  async prepare(org) {
    const rounds = await preparePairs(
      org,
      ({ invitation }, index) => ({ command: "renew", actor: adminOf(org, index), invitation }),
      60,
      (accept, renew) => {
        if (accept === "ok" && renew === "not-expired") return "accepted";
        if (renew === "ok" && ["expired", "superseded"].includes(accept)) return "renewed";
        if (accept === "expired" && renew === "not-expired") return "neither";
        return `accept ${accept}, renew ${renew}`;
      },
    );
    const ids = rounds.flatMap(({ calls }) =>
      calls.flatMap((call) => (call.command === "renew" ? call.invitation : [])),
    );
    await expireIn(
      ids,
      ids.map(() => 5 + Math.floor(Math.random() * 115)),
    );
    return rounds;
  },
};
