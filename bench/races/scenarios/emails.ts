import { db } from "@/lib/db/client";
import { adminOf, inviteNewPeople, jitter, personKey, revokeAll } from "../organizations";
import { type RaceScenario, resultCode } from "../race";

/** REQ-C3: three emails are sent, the other calls reach the limit. */
export const fiftyResends: RaceScenario = {
  name: "50 resends at once",
  outcomes: ["three sent"],
  async prepare(org) {
    return (await inviteNewPeople(org, 1)).map((invitee) => ({
      people: [personKey(org, invitee)],
      calls: Array.from({ length: 50 }, (_, index) => ({
        command: "resend",
        actor: adminOf(org, index),
        invitation: invitee.invitation,
      })),
      before: { invited: 1 },
      classify: (results) => {
        const codes = results.map(resultCode);
        const [sent, refused] = ["ok", "resend-limit"].map(
          (code) => codes.filter((other) => other === code).length,
        );
        return sent === 3 && refused === 47 ? "three sent" : codes.join();
      },
    }));
  },
};

/** Rounds that start together; a delivery needs two connections. */
const DELIVERIES = 16;

/** REQ-C6: an undo during the delivery of the email: the email is sent or queued again, and never lost. */
export const undoVsDelivery: RaceScenario = {
  name: "Undo vs. the delivery of the email",
  outcomes: ["sent", "queued again"],
  async prepare(org) {
    const people = (
      await Promise.all(Array.from({ length: DELIVERIES }, () => inviteNewPeople(org, 1)))
    ).flat();
    const ids = people.map(({ invitation }) => invitation);
    await revokeAll(org, ids);
    const emails = await db().emailMessage.findMany({ where: { invitationId: { in: ids } } });
    return people.map((invitee, index) => {
      const batch = emails.find((email) => email.invitationId === invitee.invitation)?.batchId ?? "";
      return {
        people: [personKey(org, invitee)],
        calls: [
          { command: "undo", actor: adminOf(org, index), invitation: invitee.invitation, after: jitter(4) },
          { command: "deliver", batch, after: jitter(4) },
        ],
        before: { invited: 1, revoked: 1 },
        classify: ([undo, deliver], [snapshot]) => {
          const states = snapshot?.emails.map(({ state }) => state).sort() ?? [];
          const codes = `${resultCode(undo)}, ${resultCode(deliver)}: ${states}`;
          if (codes === "ok, ok: kept") return "sent";
          return codes === "ok, ok: cancelled,queued" ? "queued again" : codes;
        },
      };
    });
  },
};
