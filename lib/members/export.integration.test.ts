import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { exportUsers } from "@/lib/members/export";
import { userList } from "@/lib/members/list";
import { listUsers } from "@/lib/members/queries/list";
import { seedPeople } from "@/scripts/seed-people";
import { createTestOrganization, uniqueEmail } from "@/test/factories";

const stateOf = (query: string) => userList.read(Object.fromEntries(new URLSearchParams(query)));

async function startExport(actor: Actor, query: string) {
  const exported = await exportUsers(actor, stateOf(query));
  if (!exported.ok) throw new Error(exported.reason);
  return exported.value;
}

async function csv(actor: Actor, query = ""): Promise<string[]> {
  let text = "";
  for await (const chunk of await startExport(actor, query)) text += chunk;
  return text.trimEnd().split("\r\n");
}

const idOf = (line: string) => line.slice(-36);

async function listIds(actor: Actor, query: string): Promise<string[]> {
  const state = stateOf(query);
  const found: string[] = [];
  for (let cursor = state.cursor; ; ) {
    const page = await listUsers(actor, { ...state, cursor });
    if (!page.ok) throw new Error(page.reason);
    found.push(...page.value.rows.map(({ id }) => id));
    cursor = page.value.next;
    if (!cursor) return found;
  }
}

test("C9 the file contains the users of the list, in its order", async () => {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 2_600, label: `.${org.slug}` });
  for (const query of [
    "",
    "sort=-active",
    "status=removed",
    "status=expired",
    "policies=none&role=member",
    "search=and&sort=-name",
  ]) {
    const [, ...lines] = await csv(org.owner, query);
    expect(lines.map(idOf), query).toEqual(await listIds(org.owner, query));
  }
});

test("C9 a name cannot be a formula, policies and status are words, and times are in UTC", async () => {
  const org = await createTestOrganization();
  const bo = await org.addMember("bo", "member", "Read", "Create");
  const guest = uniqueEmail("lea");
  await org.invite(guest, "admin");
  await db().member.update({
    where: { id: bo.memberId },
    data: { name: "=cmd()", lastActiveAt: new Date("2026-03-04T05:06:07.089Z") },
  });
  const lines = await csv(org.owner, "sort=email");
  expect(lines[0]).toBe(
    "\uFEFFName,Email,Role,Policies,Status,Address confirmed,Last active (UTC),Invitation expires (UTC),User ID",
  );
  const read = "Manage access for organization (Create); Manage access for organization (Read)";
  expect(lines).toContain(
    `"'=cmd()",${bo.email},Member,${read},Active,yes,2026-03-04T05:06:07.089Z,,${bo.memberId}`,
  );
  expect(lines.find((line) => line.startsWith(`,${guest}`))).toMatch(
    /,Admin,,Invited,no,,\d{4}-\d\d-\d\dT[\d:.]+Z,/,
  );
});

test("C9 no user is in the file twice, even if their last activity changes during the export", async () => {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 2_500, label: `.${org.slug}` });
  const chunks = await startExport(org.owner, "sort=active");
  await chunks.next();
  let text = String((await chunks.next()).value);
  await db()
    .$executeRaw`UPDATE member SET last_active_at = clock_timestamp() WHERE organization_id = ${org.id}::uuid
    AND id = ANY(${text.trimEnd().split("\r\n").map(idOf)}::uuid[])`;
  for await (const chunk of chunks) text += chunk;
  const lines = text.trimEnd().split("\r\n");
  expect(new Set(lines.map(idOf)).size).toBe(lines.length);
  expect(lines.length).toBe(
    await db().member.count({ where: { organizationId: org.id, status: { not: "removed" } } }),
  );
});

test("C9 the export needs the permission, and does not contain another organization's users", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  expect((await csv(other.owner)).join()).not.toContain(org.owner.email);
  const member = await org.addMember("mona", "member");
  await expect(exportUsers(member, userList.defaults)).rejects.toThrow("users:read");
});
