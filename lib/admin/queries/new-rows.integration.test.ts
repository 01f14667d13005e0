import { afterAll, beforeAll, expect, test } from "vitest";
import { findArrivals, type OpenList } from "@/lib/admin/queries/new-rows";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { closeDatabase, db } from "@/lib/db/client";
import { renew } from "@/lib/invitations/commands/renew";
import { revoke } from "@/lib/invitations/commands/revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { block } from "@/lib/members/commands/block";
import { expire, makeHouse, someone } from "@/lib/organizations/fixture";
import { confirmed, switchOn } from "@/lib/requests/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type House = Awaited<ReturnType<typeof makeHouse>>;

/** Long enough after what was done before for it to be on the page. */
async function opened(name: OpenList["name"]): Promise<OpenList> {
  await db().$executeRaw`SELECT pg_sleep(2.1)`;
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return { name, query: "", since: row?.now ?? null };
}

async function arrivalsIn(house: House, list: OpenList): Promise<string[]> {
  const { users, invitations, requests } = await findArrivals(house.owner, list);
  return [...users, ...invitations, ...requests].map(({ email }) => email).sort();
}

test("C9 whoever is invited meanwhile comes into Users and Invitations, and only where the list as it is asked for shows them", async () => {
  const house = await makeHouse();
  await house.invite();
  const list = await opened("invitations");
  expect(await arrivalsIn(house, list)).toEqual([]);
  const [lea, bo] = [await house.invite(someone("lea")), await house.invite(someone("bo"), "admin")];
  const both = [lea.email, bo.email].sort();
  const asked = (name: OpenList["name"], query: string) => arrivalsIn(house, { ...list, name, query });
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
  const house = await makeHouse();
  const [gone, old, tom] = [await house.invite(), await house.invite(), await house.seat("tom")];
  await expire(old.invitation);
  const list = await opened("invitations");
  await revoke(house.owner, { invitation: gone.invitation });
  await renew(house.owner, { invitation: old.invitation });
  await block(house.owner, { member: tom.memberId });
  const asked = (name: OpenList["name"], query: string) => arrivalsIn(house, { ...list, name, query });
  expect(await asked("invitations", "?status=revoked")).toEqual([gone.email]);
  expect(await asked("users", "?status=removed")).toEqual([gone.email]);
  expect(await asked("invitations", "?status=pending")).toEqual([old.email]);
  expect(await asked("users", "?status=blocked")).toEqual([tom.email]);
  expect(await asked("invitations", "")).toEqual([]);
  expect(await asked("users", "")).toEqual([]);
});

test("E3 a request that is confirmed meanwhile comes into Invitation requests", async () => {
  const house = await makeHouse();
  await switchOn(house);
  const list = await opened("requests");
  const email = someone("rosa");
  await confirmed(house, email);
  expect(await arrivalsIn(house, list)).toEqual([email]);
  expect(await arrivalsIn(house, { ...list, query: "?status=approved" })).toEqual([]);
});

test("A1 nobody is told of who came into a list that they may not read, nor of another organization's, nor of its counts", async () => {
  const [house, other] = [await makeHouse(), await makeHouse()];
  const nobody = await house.seat("bo");
  await house.invite();
  for (const name of ["users", "invitations", "requests"] as const) {
    const nothing = { users: [], invitations: [], requests: [] };
    expect(await findArrivals(nobody, { name, query: "", since: null })).toEqual(nothing);
    expect(await findArrivals(other.owner, { name, query: "", since: null })).toEqual(nothing);
  }
  expect(await countTabs(nobody)).toEqual({ users: undefined, invitations: undefined, requests: undefined });
  expect(await countTabs(house.owner)).toEqual({ users: 3, invitations: 1, requests: 0 });
});
