import { db } from "@/lib/db/client";
import { adminOf, late, placeOf, revokeAll, strangers } from "../houses";
import { type Race, word } from "../race";

/** REQ-C3: three are sent, the others learn of the limit. */
export const fiftyResends: Race = {
  name: "50 resends at once",
  outcomes: ["three sent"],
  async deal(org) {
    return (await strangers(org, 1)).map((one) => ({
      places: [placeOf(org, one)],
      moves: Array.from({ length: 50 }, (_, turn) => ({
        do: "resend",
        actor: adminOf(org, turn),
        invitation: one.invitation,
      })),
      before: { invited: 1 },
      judge: (answers) => {
        const told = answers.map(word);
        const [sent, refused] = ["ok", "resend-limit"].map(
          (what) => told.filter((one) => one === what).length,
        );
        return sent === 3 && refused === 47 ? "three sent" : told.join();
      },
    }));
  },
};

/** At once; a delivery takes two connections. */
const DELIVERIES = 16;

/** REQ-C6: a revocation undone while a worker looks at the letter: it goes out, or is owed again, and never gets lost. */
export const undoAgainstDelivery: Race = {
  name: "Undo against the letter's delivery",
  outcomes: ["it went out", "owed again"],
  async deal(org) {
    const people = (await Promise.all(Array.from({ length: DELIVERIES }, () => strangers(org, 1)))).flat();
    const ids = people.map(({ invitation }) => invitation);
    await revokeAll(org, ids);
    const letters = await db().emailMessage.findMany({ where: { invitationId: { in: ids } } });
    return people.map((one, turn) => {
      const batch = letters.find((letter) => letter.invitationId === one.invitation)?.batchId ?? "";
      return {
        places: [placeOf(org, one)],
        moves: [
          { do: "undo", actor: adminOf(org, turn), invitation: one.invitation, after: late(4) },
          { do: "deliver", batch, after: late(4) },
        ],
        before: { invited: 1, revoked: 1 },
        judge: ([undo, deliver], [ledger]) => {
          const states = ledger?.letters.map((letter) => letter.state).sort() ?? [];
          const told = `${word(undo)}, ${word(deliver)}: ${states}`;
          if (told === "ok, ok: kept") return "it went out";
          return told === "ok, ok: cancelled,queued" ? "owed again" : told;
        },
      };
    });
  },
};
