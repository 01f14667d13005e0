import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { seedPeople } from "@/scripts/seed-people";
import { createTestOrganization, uniqueEmail } from "@/test/factories";

async function startExport(actor: Actor, query: string) {
  const state = invitationList.read(Object.fromEntries(new URLSearchParams(query)));
  const exported = await exportInvitations(actor, state);
  if (!exported.ok) throw new Error(exported.reason);
  return exported.value;
}

async function exportCsv(actor: Actor, query = ""): Promise<string> {
  let text = "";
  for await (const chunk of await startExport(actor, query)) text += chunk;
  return text;
}

/** Returns the addresses in a CSV file, in its order. */
const emails = (text: string) =>
  text
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(",")[0]);

/** Returns the addresses of all pages of the list. */
async function readListEmails(actor: Actor, query: string): Promise<string[]> {
  const state = invitationList.read(Object.fromEntries(new URLSearchParams(query)));
  const found: string[] = [];
  for (let cursor = state.cursor; ; ) {
    const page = await listInvitations(actor, { ...state, cursor });
    if (!page.ok) throw new Error(page.reason);
    found.push(...page.value.rows.map(({ email }) => email));
    cursor = page.value.next;
    if (!cursor) return found;
  }
}

test("C9 the file contains all pages of the list in its order", async () => {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 2_600, label: `.${org.slug}` });
  for (const query of [
    "",
    "sort=email",
    "status=all&sort=-sent",
    "status=expired&role=admin",
    "search=and&status=all&sort=-role",
    "search=zzyzx",
  ])
    expect(emails(await exportCsv(org.owner, query)), query).toEqual(await readListEmails(org.owner, query));
  const second = await exportCsv(org.owner, "after=WyIyMDI2LTAxLTAxVDAwOjAwOjAwLjAwMFoiXQ");
  expect(emails(second)).toEqual(await readListEmails(org.owner, ""));
});

test("C9 the file contains status, delivery, times in UTC and the inviter, and no cell is a formula", async () => {
  const org = await createTestOrganization();
  const bo = await org.addMember("bo", "admin");
  await db().member.update({ where: { id: bo.memberId }, data: { name: "=cmd()" } });
  const guest = await org.invite(uniqueEmail("lea"), "admin", bo);
  await declineInvitation("10.9.1.1", null, { code: guest.code, reason: "@SUM(1+1)" });
  const [header, line] = (await exportCsv(org.owner, "status=all")).split("\r\n");
  expect(header).toBe(
    "\uFEFFEmail,Name,Status,Role,Resends,Sent (UTC),Expires (UTC),Closed (UTC),Decline reason,Delivery,Delivery detail,Invited by,Inviter email,User ID",
  );
  const timestamp = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
  expect(line).toMatch(
    new RegExp(
      `^${guest.email},,Declined,Admin,0,${timestamp},${timestamp},${timestamp},"'@SUM\\(1\\+1\\)",[^,]*,[^,]*,"'=cmd\\(\\)",${bo.email},[0-9a-f-]{36}$`,
    ),
  );
});

test("C5 the file contains no code and no link, for any status", async () => {
  const org = await createTestOrganization();
  const guests = [await org.invite(), await org.invite()];
  await resendInvitation(org.owner, { invitation: guests[0]?.invitation ?? "" });
  const text = await exportCsv(org.owner, "status=all");
  for (const { code, proof, invitation } of guests) {
    expect(text).not.toContain(code);
    expect(text).not.toContain(proof);
    expect(text).not.toContain(invitation);
  }
  expect(text).not.toMatch(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}|https?:/);
});

test("C9 while invitations are resent, no person is in the file twice", async () => {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 4_000, label: `.${org.slug}` });
  const chunks = await startExport(org.owner, "sort=status");
  await chunks.next();
  let text = String((await chunks.next()).value);
  // Moves all rows that were read to the end of this order.
  await db().$executeRaw`
    UPDATE invitation SET expires_at = expires_at + interval '900 days'
    WHERE organization_id = ${org.id}::uuid AND email = ANY(${text.split("\r\n").map((line) => line.split(",")[0])})`;
  for await (const chunk of chunks) text += chunk;
  const all = text.trimEnd().split("\r\n");
  expect(all.length).toBeGreaterThan(2_000);
  expect(new Set(all.map((line) => line.split(",")[0])).size).toBe(all.length);
});

test("C9 the export requires the permission and contains no people of other organizations", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const guest = await org.invite();
  expect(await exportCsv(other.owner, "status=all")).not.toContain(guest.email);
  const member = await org.addMember("mona", "member");
  await expect(exportInvitations(member, invitationList.defaults)).rejects.toThrow("invitations:read");
});
