import { expect, test } from "vitest";
import { findNewRows, type OpenList } from "@/lib/admin/queries/new-rows";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { findVisibleRows } from "@/lib/admin/queries/visible-rows";
import { db } from "@/lib/db/client";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { blockMember } from "@/lib/members/commands/block";
import { dismissRequest } from "@/lib/requests/commands/dismiss";
import { setAcceptsRequests, submitAndConfirmRequest } from "@/lib/requests/fixture";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

/** Opens a list, after waiting until earlier changes count as included in it. */
async function openList(name: OpenList["name"]): Promise<OpenList> {
  await db().$executeRaw`SELECT pg_sleep(2.1)`;
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return { name, query: "", since: row?.now ?? null };
}

async function newEmails(org: TestOrganization, list: OpenList): Promise<string[]> {
  const { users, invitations, requests } = await findNewRows(org.owner, list);
  return [...users, ...invitations, ...requests].map(({ email }) => email).sort();
}

test("C9 a new invitation is a new row in Users and Invitations, if it matches the filters and search", async () => {
  const org = await createTestOrganization();
  await org.invite();
  const list = await openList("invitations");
  expect(await newEmails(org, list)).toEqual([]);
  const [lea, bo] = [await org.invite(uniqueEmail("lea")), await org.invite(uniqueEmail("bo"), "admin")];
  const both = [lea.email, bo.email].sort();
  const newEmailsFor = (name: OpenList["name"], query: string) => newEmails(org, { ...list, name, query });
  expect(await newEmailsFor("invitations", "")).toEqual(both);
  expect(await newEmailsFor("invitations", "?status=pending&sort=email")).toEqual(both);
  expect(await newEmailsFor("users", "")).toEqual(both);
  expect(await newEmailsFor("users", "?status=invited&sort=-name")).toEqual(both);
  expect(await newEmailsFor("invitations", "?role=admin")).toEqual([bo.email]);
  expect(await newEmailsFor("users", "?role=admin")).toEqual([bo.email]);
  expect(await newEmailsFor("invitations", `?search=${lea.email.slice(0, 9)}`)).toEqual([lea.email]);
  expect(await newEmailsFor("users", `?search=${lea.email.slice(0, 9).toUpperCase()}`)).toEqual([lea.email]);
  for (const status of ["expired", "accepted", "declined", "revoked"])
    expect(await newEmailsFor("invitations", `?status=${status}`), status).toEqual([]);
  for (const status of ["active", "blocked", "removed", "expired"])
    expect(await newEmailsFor("users", `?status=${status}`), status).toEqual([]);
  expect(await newEmailsFor("requests", "")).toEqual([]);
});

test("C9 a change that adds a user to a filtered list is a new row, other changes are not", async () => {
  const org = await createTestOrganization();
  const [gone, old, tom] = [await org.invite(), await org.invite(), await org.addMember("tom")];
  await expireInvitation(old.invitation);
  const list = await openList("invitations");
  await revokeInvitation(org.owner, { invitation: gone.invitation });
  await renewInvitation(org.owner, { invitation: old.invitation });
  await blockMember(org.owner, { member: tom.memberId });
  const newEmailsFor = (name: OpenList["name"], query: string) => newEmails(org, { ...list, name, query });
  expect(await newEmailsFor("invitations", "?status=revoked")).toEqual([gone.email]);
  expect(await newEmailsFor("users", "?status=removed")).toEqual([gone.email]);
  expect(await newEmailsFor("invitations", "?status=pending")).toEqual([old.email]);
  expect(await newEmailsFor("users", "?status=blocked")).toEqual([tom.email]);
  expect(await newEmailsFor("invitations", "")).toEqual([]);
  expect(await newEmailsFor("users", "")).toEqual([]);
});

test("E3 a newly confirmed request is a new row in Invitation requests", async () => {
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  const list = await openList("requests");
  const email = uniqueEmail("rosa");
  await submitAndConfirmRequest(org, email);
  expect(await newEmails(org, list)).toEqual([email]);
  expect(await newEmails(org, { ...list, query: "?status=approved" })).toEqual([]);
});

test("E3 a request on screen is returned with its current status", async () => {
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  const request = await submitAndConfirmRequest(org, uniqueEmail("rosa"));
  const visible = { members: [], requests: [request] };
  const statuses = async (actor = org.owner) =>
    (await findVisibleRows(actor, visible)).requests.map(({ status }) => status);
  expect(await statuses()).toEqual(["pending"]);
  await dismissRequest(org.owner, { request });
  expect(await statuses()).toEqual(["dismissed"]);
  expect(await statuses(await org.addMember("bo"))).toEqual([]);
});

test("A1 no new rows or counts of lists that the actor cannot read, or of another organization", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const member = await org.addMember("bo");
  await org.invite();
  for (const name of ["users", "invitations", "requests"] as const) {
    const nothing = { users: [], invitations: [], requests: [] };
    expect(await findNewRows(member, { name, query: "", since: null })).toEqual(nothing);
    expect(await findNewRows(other.owner, { name, query: "", since: null })).toEqual(nothing);
  }
  expect(await countTabs(member)).toEqual({ users: undefined, invitations: undefined, requests: undefined });
  expect(await countTabs(org.owner)).toEqual({ users: 3, invitations: 1, requests: 0 });
});
