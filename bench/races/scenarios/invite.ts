import { uniqueEmail } from "@/test/factories";
import type { CallResult, CommandCall } from "../calls";
import {
  adminOf,
  expireIn,
  inviteNewPeople,
  jitter,
  personKey,
  type RaceOrganization,
  revokeAll,
  shuffle,
} from "../organizations";
import {
  inviteResults,
  PAIR_ROUNDS,
  type RaceRound,
  type RaceScenario,
  resultCode,
  SIXTEEN_ROUNDS,
} from "../race";

function inviteCall(org: RaceOrganization, index: number, addresses: string[], after?: number): CommandCall {
  return { command: "invite", actor: adminOf(org, index), addresses, after };
}

/** Returns the status of a list's only address, or the code of the result. */
function firstStatus(result: CallResult | undefined): string {
  return inviteResults(result)[0]?.status ?? resultCode(result);
}

/** REQ-B3: one invitation and one email; the second call reports that the person is already invited. */
export const twoAdministrators: RaceScenario = {
  name: "Two administrators invite one address",
  outcomes: ["the first", "the second"],
  async prepare(org) {
    return Array.from({ length: PAIR_ROUNDS }, (_, index): RaceRound => {
      const email = uniqueEmail("lea");
      return {
        people: [personKey(org, { email })],
        calls: [inviteCall(org, index, [email], jitter(2)), inviteCall(org, index + 1, [email], jitter(2))],
        before: {},
        classify: ([first, second]) => {
          const codes = `${firstStatus(first)}, ${firstStatus(second)}`;
          if (codes === "invited, already-invited") return "the first";
          return codes === "already-invited, invited" ? "the second" : codes;
        },
      };
    });
  },
};

/** 16 lists of 6 of 12 addresses, in random order: each person is invited once, whichever call is first. */
export const overlappingLists: RaceScenario = {
  name: "16 clients invite overlapping lists",
  outcomes: ["each person once"],
  async prepare(org) {
    return Array.from({ length: SIXTEEN_ROUNDS }, () => prepareLists(org));
  },
};

function prepareLists(org: RaceOrganization): RaceRound {
  const emails = Array.from({ length: 12 }, () => uniqueEmail("lea"));
  const lists = Array.from({ length: 16 }, () => shuffle(emails).slice(0, 6));
  const invitees = emails.filter((email) => lists.some((list) => list.includes(email)));
  return {
    people: invitees.map((email) => personKey(org, { email })),
    calls: lists.map((list, index) => inviteCall(org, index, list)),
    before: {},
    classify: (results) => {
      const perAddress = results.flatMap(inviteResults);
      const [invited, alreadyInvited] = ["invited", "already-invited"].map((status) =>
        perAddress.filter((result) => result.status === status),
      );
      const isOncePerPerson =
        invited?.length === invitees.length &&
        new Set(invited.map(({ text }) => text)).size === invitees.length;
      const isValid = isOncePerPerson && invited.length + (alreadyInvited?.length ?? 0) === 16 * 6;
      return isValid ? "each person once" : perAddress.map(({ status }) => status).join();
    },
  };
}

/** REQ-C6: an undo restores the revoked invitation, unless the person has been invited again; never both. */
export const undoVsInvite: RaceScenario = {
  name: "Undo vs. a new invite",
  outcomes: ["undone", "invited again"],
  async prepare(org) {
    const people = await inviteNewPeople(org, PAIR_ROUNDS);
    await revokeAll(
      org,
      people.map(({ invitation }) => invitation),
    );
    return people.map(({ email, invitation }, index) => ({
      people: [personKey(org, { email })],
      calls: [
        { command: "undo", actor: adminOf(org, index), invitation, after: jitter(40) },
        inviteCall(org, index + 1, [email], jitter(4)),
      ],
      before: { invited: 1, revoked: 1 },
      classify: ([undo, invite]) => {
        const codes = `${resultCode(undo)}, ${firstStatus(invite)}`;
        if (codes === "ok, already-invited") return "undone";
        return codes === "too-late, invited" ? "invited again" : codes;
      },
    }));
  },
};

/** REQ-C4 and REQ-B3: both would replace the expired invitation; only one does. */
export const renewVsInvite: RaceScenario = {
  name: "Send new vs. inviting again",
  outcomes: ["renewed", "invited again"],
  async prepare(org) {
    const people = await inviteNewPeople(org, PAIR_ROUNDS);
    await expireIn(
      people.map(({ invitation }) => invitation),
      people.map(() => 0),
    );
    return people.map(({ email, invitation }, index) => ({
      people: [personKey(org, { email })],
      calls: [
        { command: "renew", actor: adminOf(org, index), invitation, after: jitter(4) },
        inviteCall(org, index + 1, [email], jitter(4)),
      ],
      before: { invited: 1 },
      classify: ([renew, invite]) => {
        const codes = `${resultCode(renew)}, ${firstStatus(invite)}`;
        if (codes === "ok, already-invited") return "renewed";
        return codes === "not-expired, invited-again" ? "invited again" : codes;
      },
    }));
  },
};

/** REQ-C3 and REQ-B3: the resend extends the invitation, the invite finds it already invited; they do not deadlock. */
export const resendVsInvite: RaceScenario = {
  name: "Resend vs. inviting the same",
  outcomes: ["resent"],
  async prepare(org) {
    return (await inviteNewPeople(org, PAIR_ROUNDS)).map(({ email, invitation }, index) => ({
      people: [personKey(org, { email })],
      calls: [{ command: "resend", actor: adminOf(org, index), invitation }, inviteCall(org, index, [email])],
      before: { invited: 1 },
      classify: ([resend, invite]) => {
        const codes = `${resultCode(resend)}, ${firstStatus(invite)}`;
        return codes === "ok, already-invited" ? "resent" : codes;
      },
    }));
  },
};
