import { afterAll, beforeAll, expect, test } from "vitest";
import { findNewRows, type OpenList } from "@/lib/admin/queries/new-rows";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { closeDatabase, db } from "@/lib/db/client";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { blockMember } from "@/lib/members/commands/block";
import { createTestOrganization, expireInvitation, uniqueEmail } from "@/lib/organizations/fixture";
import { setAcceptsRequests, submitAndConfirmRequest } from "@/lib/requests/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/** Long enough after what was done before for it to be on the page. */
async function opened(name: OpenList["name"]): Promise<OpenList> {
  await db().$executeRaw`SELECT pg_sleep(2.1)`;
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return { name, query: "", since: row?.now ?? null };
}

async function arrivalsIn(org: TestOrganization, list: OpenList): Promise<string[]> {
  const { users, invitations, requests } = await findNewRows(org.owner, list);
  return [...users, ...invitations, ...requests].map(({ email }) => email).sort();
}

test("C9 whoever is invited meanwhile comes into Users and Invitations, and only where the list as it is asked for shows them", async () => {
  const org = await createTestOrganization();
  await org.invite();
  const list = await opened("invitations");
  expect(await arrivalsIn(org, list)).toEqual([]);
  const [lea, bo] = [await org.invite(uniqueEmail("lea")), await org.invite(uniqueEmail("bo"), "admin")];
  const both = [lea.email, bo.email].sort();
  const asked = (name: OpenList["name"], query: string) => arrivalsIn(org, { ...list, name, query });
  expect(await asked("invitations", "")).toEqual(both);
  expect(await asked("invitations", "?status=pending&sort=email")).toEqual(both);
  expect(await asked("users", "")).toEqual(both);
  expect(await asked("users", "?status=invited&sort=-name")).toEqual(both);
  expect(await asked("invitations", "?role=admin")).toEqual([bo.email]);
  expect(await asked("users", "?role=admin")).toEqual([bo.email]);
  expect(await asked("invitations", `?search=${lea.email.slice(0, 9)}`)).toEqual([lea.email]);
  expect(await asked("users", `?search=${lea.email.slice(0, 9).toUpperCase()}`)).toEqual([lea.email]);
  for (const status of ["expired", "accepted", "declined", "revoked"])
    expect(await asked("invitations", `?status=${status}`), status).toEqual([]);
  for (const status of ["active", "blocked", "removed", "expired"])
    expect(await asked("users", `?status=${status}`), status).toEqual([]);
  expect(await asked("requests", "")).toEqual([]);
});

test("C9 what brings somebody into a filtered list is told there, and nothing that merely happens to who is in it", async () => {
  const org = await createTestOrganization();
  const [gone, old, tom] = [await org.invite(), await org.invite(), await org.addMember("tom")];
  await expireInvitation(old.invitation);
  const list = await opened("invitations");
  await revokeInvitation(org.owner, { invitation: gone.invitation });
  await renewInvitation(org.owner, { invitation: old.invitation });
  await blockMember(org.owner, { member: tom.memberId });
  const asked = (name: OpenList["name"], query: string) => arrivalsIn(org, { ...list, name, query });
  expect(await asked("invitations", "?status=revoked")).toEqual([gone.email]);
  expect(await asked("users", "?status=removed")).toEqual([gone.email]);
  expect(await asked("invitations", "?status=pending")).toEqual([old.email]);
  expect(await asked("users", "?status=blocked")).toEqual([tom.email]);
  expect(await asked("invitations", "")).toEqual([]);
  expect(await asked("users", "")).toEqual([]);
});

test("E3 a request that is confirmed meanwhile comes into Invitation requests", async () => {
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  const list = await opened("requests");
  const email = uniqueEmail("rosa");
  await submitAndConfirmRequest(org, email);
  expect(await arrivalsIn(org, list)).toEqual([email]);
  expect(await arrivalsIn(org, { ...list, query: "?status=approved" })).toEqual([]);
});

test("A1 nobody is told of who came into a list that they may not read, nor of another organization's, nor of its counts", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const nobody = await org.addMember("bo");
  await org.invite();
  for (const name of ["users", "invitations", "requests"] as const) {
    const nothing = { users: [], invitations: [], requests: [] };
    expect(await findNewRows(nobody, { name, query: "", since: null })).toEqual(nothing);
    expect(await findNewRows(other.owner, { name, query: "", since: null })).toEqual(nothing);
  }
  expect(await countTabs(nobody)).toEqual({ users: undefined, invitations: undefined, requests: undefined });
  expect(await countTabs(org.owner)).toEqual({ users: 3, invitations: 1, requests: 0 });
});
