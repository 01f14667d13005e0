import { uniqueEmail } from "@/test/factories";
import type { CommandCall } from "../calls";
import {
  adminOf,
  createConfirmedRequests,
  createRequests,
  expireIn,
  inviteAccounts,
  inviteNewPeople,
  jitter,
  newClientIp,
  personKey,
  type RaceOrganization,
} from "../organizations";
import {
  inviteResults,
  PAIR_ROUNDS,
  type RaceScenario,
  resultCode,
  SIXTEEN_ROUNDS,
  TRIPLE_ROUNDS,
} from "../race";

/** REQ-E5: one of 16 concurrent approvals and dismissals succeeds, and the others find the request answered. */
export const sixteenAnswers: RaceScenario = {
  name: "16 answers to one request",
  outcomes: ["approved", "dismissed"],
  async prepare(org) {
    const people = await inviteExpired(org, SIXTEEN_ROUNDS);
    const requests = await createConfirmedRequests(org, people);
    return people.map((person, personIndex) => ({
      people: [personKey(org, person)],
      calls: Array.from({ length: 16 }, (_, index): CommandCall => {
        const input = { actor: adminOf(org, index), request: requests[personIndex] ?? "", after: jitter(4) };
        return index % 2 === 0 ? { command: "approve", ...input } : { command: "dismiss", ...input };
      }),
      before: { invited: 1 },
      classify: (results, [snapshot]) => {
        const codes = results.map(resultCode);
        const hasOneSuccess = codes.filter((code) => code === "ok").length === 1;
        const others = codes.filter((code) => code !== "ok");
        const isValid = hasOneSuccess && others.every((code) => code === "already-answered");
        return isValid ? (snapshot?.requests[0]?.status ?? "none") : codes.join();
      },
    }));
  },
};

/** REQ-E3 and REQ-E5: two admins approve the request of a new person, and one invitation is sent. */
export const approveTwice: RaceScenario = {
  name: "Two administrators approve one request",
  outcomes: ["the first", "the second"],
  async prepare(org) {
    const people = Array.from({ length: PAIR_ROUNDS }, () => ({ email: uniqueEmail("rosa") }));
    const requests = await createConfirmedRequests(org, people);
    return people.map((person, index) => {
      const approval = { command: "approve", request: requests[index] ?? "" } as const;
      return {
        people: [personKey(org, person)],
        calls: [
          { ...approval, actor: adminOf(org, index), after: jitter(2) },
          { ...approval, actor: adminOf(org, index + 1), after: jitter(2) },
        ],
        before: {},
        classify: ([first, second], [snapshot]) => {
          const codes = `${resultCode(first)}, ${resultCode(second)}, ${snapshot?.requests[0]?.status}`;
          if (codes === "ok, already-answered, approved") return "the first";
          return codes === "already-answered, ok, approved" ? "the second" : codes;
        },
      };
    });
  },
};

/** REQ-E5: one of the two succeeds, and the person's rows match its result. */
export const approveVsDismiss: RaceScenario = {
  name: "Approve vs. dismiss",
  outcomes: ["approved", "dismissed"],
  async prepare(org) {
    const people = await inviteExpired(org, PAIR_ROUNDS);
    const requests = await createConfirmedRequests(org, people);
    return people.map((person, index) => {
      const request = requests[index] ?? "";
      return {
        people: [personKey(org, person)],
        calls: [
          { command: "approve", actor: adminOf(org, index), request, after: jitter(2) },
          { command: "dismiss", actor: adminOf(org, index + 1), request, after: jitter(6) },
        ],
        before: { invited: 1 },
        classify: ([approve, dismiss], [snapshot]) => {
          const codes = `${resultCode(approve)}, ${resultCode(dismiss)}, ${snapshot?.requests[0]?.status}`;
          if (codes === "ok, already-answered, approved") return "approved";
          return codes === "already-answered, ok, dismissed" ? "dismissed" : codes;
        },
      };
    });
  },
};

/** REQ-E2: confirming in 16 browser windows succeeds once, and the others find the request confirmed. */
export const sixteenConfirms: RaceScenario = {
  name: "16 presses confirm one request",
  outcomes: ["confirmed once"],
  async prepare(org) {
    const people = await inviteExpired(org, SIXTEEN_ROUNDS);
    const requests = await createRequests(org, people);
    return people.map((person, personIndex) => ({
      people: [personKey(org, person)],
      calls: Array.from({ length: 16 }, () => ({
        command: "confirm",
        ip: newClientIp(),
        code: requests[personIndex]?.code ?? "",
      })),
      before: { invited: 1 },
      classify: (results, [snapshot]) => {
        const codes = results.map(resultCode);
        const others = codes.filter((code) => code !== "ok");
        const isOnce = others.length === codes.length - 1 && others.every((code) => code === "confirmed");
        const status = snapshot?.requests[0]?.status;
        return isOnce && status === "pending" ? "confirmed once" : `${codes.join()}: ${status}`;
      },
    }));
  },
};

/** REQ-E2 and REQ-E3: a requester who is invited while confirming is invited once, and the request does not stay open. */
export const confirmVsInvite: RaceScenario = {
  name: "Confirm vs. inviting by hand",
  outcomes: ["confirmed, then invited", "invited before"],
  async prepare(org) {
    const people = await inviteExpired(org, PAIR_ROUNDS);
    const requests = await createRequests(org, people);
    return people.map((person, index) => ({
      people: [personKey(org, person)],
      calls: [
        { command: "confirm", ip: newClientIp(), code: requests[index]?.code ?? "", after: jitter(8) },
        { command: "invite", actor: adminOf(org, index), addresses: [person.email], after: jitter(2) },
      ],
      before: { invited: 1 },
      classify: ([confirm, invite], [snapshot]) => {
        const status = inviteResults(invite)[0]?.status ?? resultCode(invite);
        const codes = `${resultCode(confirm)}, ${status}, ${snapshot?.requests[0]?.status}`;
        if (codes === "ok, invited-again, approved") return "confirmed, then invited";
        return codes === "confirmed, invited-again, approved" ? "invited before" : codes;
      },
    }));
  },
};

/** Invites `count` new people whose invitations have expired. */
async function inviteExpired(org: RaceOrganization, count: number) {
  const people = await inviteNewPeople(org, count);
  await expireIn(
    people.map(({ invitation }) => invitation),
    people.map(() => 0),
  );
  return people;
}

/** REQ-E3 and REQ-B3: the address is invited once, by either call, and its request is approved. */
export const approveVsInvite: RaceScenario = {
  name: "Approve vs. inviting by hand",
  outcomes: ["by the request", "by hand"],
  async prepare(org) {
    const people = await inviteExpired(org, PAIR_ROUNDS);
    const requests = await createConfirmedRequests(org, people);
    return people.map((person, index) => ({
      people: [personKey(org, person)],
      calls: [
        { command: "approve", actor: adminOf(org, index), request: requests[index] ?? "", after: jitter(4) },
        { command: "invite", actor: adminOf(org, index + 1), addresses: [person.email], after: jitter(4) },
      ],
      before: { invited: 1 },
      classify: ([approve, invite], [snapshot]) => {
        const codes = `${resultCode(approve)}, ${inviteResults(invite)[0]?.status ?? resultCode(invite)}, ${snapshot?.requests[0]?.status}`;
        if (codes === "ok, already-invited, approved") return "by the request";
        return codes === "already-answered, invited-again, approved" ? "by hand" : codes;
      },
    }));
  },
};

/**
 * REQ-E5: a person who joins with an earlier invitation joins once, regardless of what happens to their request at that
 * moment.
 */
export const approveVsJoin: RaceScenario = {
  name: "Approve and dismiss vs. a join",
  outcomes: ["in, and approved", "in, and dismissed"],
  async prepare(org) {
    const people = await inviteAccounts(org, TRIPLE_ROUNDS);
    const requests = await createConfirmedRequests(org, people);
    return people.map(({ signedIn, code, proof, ...person }, index) => {
      const input = { actor: adminOf(org, index), request: requests[index] ?? "" };
      return {
        people: [personKey(org, person)],
        calls: [
          { command: "accept", ip: newClientIp(), signedIn, input: { code, proof }, after: jitter(4) },
          { command: "approve", ...input, after: jitter(4) },
          { command: "dismiss", ...input, after: jitter(8) },
        ],
        before: { invited: 1 },
        classify: ([accept, approve], [snapshot]) => {
          const isRefused = ["already-invited", "already-a-user", "already-answered"].includes(
            resultCode(approve),
          );
          const hasJoined = resultCode(accept) === "ok" && snapshot?.members[0]?.status === "active";
          if (!isRefused || !hasJoined) return `${resultCode(accept)}, ${resultCode(approve)}`;
          return `in, and ${snapshot.requests[0]?.status}`;
        },
      };
    });
  },
};
