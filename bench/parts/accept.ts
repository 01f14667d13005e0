import { randomBytes } from "node:crypto";
import { findInvitationSecrets } from "@/lib/organizations/fixture";
import type { Stage } from "../context";
import { field, interleave, middles, of } from "../interleave";
import { type Line, ms, times } from "../report";
import { ratios, spread } from "../statistics";
import { mustBe, strangers } from "../test-data";

/** Invitations of one round: each accepted by somebody of its own, who has an account and is signed in. */
const PEOPLE = 8;
const AT_ONCE = 16;

type Ready = { accept: () => Promise<void> };

/** Joining by somebody who is signed in, one after the other; and one winner of sixteen at once. */
export async function measureAccepting(stage: Stage): Promise<Line[]> {
  const { foyer, peer, rounds, postmaster } = stage;
  const organizations: { ours: string[]; theirs: string[] } = { ours: [], theirs: [] };
  const ready: { ours: Ready[]; theirs: Ready[] } = { ours: [], theirs: [] };
  const played = await interleave(rounds, postmaster, [
    {
      name: "Foyer",
      pid: foyer.pid,
      prepare: async () => {
        const place = await foyer.found();
        organizations.ours.push(place.id);
        const emails = strangers(PEOPLE);
        const invitations = await foyer.invite(place, emails);
        ready.ours = await Promise.all(
          emails.map(async (email, at) => {
            const [cookie, secrets] = [
              await foyer.signUp(email),
              await findInvitationSecrets(invitations[at] ?? ""),
            ];
            return {
              accept: async () => {
                const answer = await foyer.accept(secrets, cookie);
                if (answer !== `to /o/${place.slug}?joined`) throw new Error(`not accepted: ${answer}`);
              },
            };
          }),
        );
      },
      work: async (_, time) => {
        for (const { accept } of ready.ours) await time(accept);
      },
      settle: foyer.settle,
    },
    {
      name: "peer",
      pid: peer.pid,
      prepare: async () => {
        const organization = await peer.found(`bench-${randomBytes(6).toString("hex")}`);
        organizations.theirs.push(organization);
        ready.theirs = [];
        for (const email of strangers(PEOPLE)) {
          const [invitation, cookie] = [await peer.invite(organization, email), await peer.signUp(email)];
          ready.theirs.push({ accept: () => peer.accept(invitation, cookie) });
        }
      },
      work: async (_, time) => {
        for (const { accept } of ready.theirs) await time(accept);
      },
    },
  ]);
  await count(stage, organizations);
  const [ours, theirs] = [of(played, "Foyer"), of(played, "peer")];
  const faster = ratios(middles(theirs), middles(ours));
  const app = ratios(field(ours, "app"), field(theirs, "app"));
  return [
    {
      what: "accept, signed in, the page after it included",
      peer: `${ms(spread(middles(theirs)).median)}, app ${ms(spread(field(theirs, "app")).median)}`,
      foyer: `${ms(spread(middles(ours)).median)}, app ${ms(spread(field(ours, "app")).median)} (${times(app)}): ${times(faster)} as fast as the peer`,
      goal: "≥ 1.5× peer",
      met: faster.median >= 1.5,
    },
    await oneOfSixteen(stage),
  ];
}

async function count(stage: Stage, { ours, theirs }: { ours: string[]; theirs: string[] }): Promise<void> {
  const [joined] = await stage.foyer.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = ANY($1) AND settled_as = 'accepted') AS accepted,
            (SELECT count(*)::int FROM member WHERE organization_id = ANY($1) AND status = 'active' AND role = 'member') AS members`,
    [ours],
  );
  const [there] = await stage.peer.sql(
    `SELECT count(*)::int AS members FROM member WHERE "organizationId" = ANY($1) AND role = 'member'`,
    [theirs],
  );
  mustBe(ours.length * PEOPLE, joined);
  mustBe(theirs.length * PEOPLE, { "peer's members": there.members });
}

async function oneOfSixteen({ foyer, rounds }: Stage): Promise<Line> {
  const place = await foyer.found();
  let winners = 0;
  for (const email of strangers(rounds)) {
    const [invitation = ""] = await foyer.invite(place, [email]);
    const [cookie, secrets] = [await foyer.signUp(email), await findInvitationSecrets(invitation)];
    const all = await Promise.all(Array.from({ length: AT_ONCE }, () => foyer.accept(secrets, cookie)));
    const won = all.filter((answer) => answer.startsWith("to ")).length;
    if (won === 1) winners++;
  }
  return {
    what: `${AT_ONCE} accepts of one code at once`,
    foyer: `one winner in ${winners} of ${rounds} rounds`,
    goal: "one winner",
    met: winners === rounds,
  };
}
