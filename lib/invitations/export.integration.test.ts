import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { decline } from "@/lib/invitations/commands/decline";
import { resend } from "@/lib/invitations/commands/resend";
import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, someone } from "@/lib/organizations/fixture";
import { seatCrowd } from "@/scripts/crowd";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

async function opened(actor: Actor, query: string) {
  const state = invitationList.read(Object.fromEntries(new URLSearchParams(query)));
  const exported = await exportInvitations(actor, state);
  if (!exported.ok) throw new Error(exported.reason);
  return exported.value;
}

async function csv(actor: Actor, query = ""): Promise<string> {
  let text = "";
  for await (const piece of await opened(actor, query)) text += piece;
  return text;
}

/** The addresses in a file, in its order. */
const emails = (text: string) =>
  text
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(",")[0]);

/** The addresses of the list, page by page. */
async function listed(actor: Actor, query: string): Promise<string[]> {
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

test("C9 the file holds what the list shows, in its order, pages or not", async () => {
  const org = await createTestOrganization();
  await seatCrowd(org.id, [org.owner.memberId], { count: 2_600, label: `.${org.slug}` });
  for (const query of [
    "",
    "sort=email",
    "status=all&sort=-sent",
    "status=expired&role=admin",
    "search=and&status=all&sort=-role",
    "search=zzyzx",
  ])
    expect(emails(await csv(org.owner, query)), query).toEqual(await listed(org.owner, query));
  const second = await csv(org.owner, "after=WyIyMDI2LTAxLTAxVDAwOjAwOjAwLjAwMFoiXQ");
  expect(emails(second)).toEqual(await listed(org.owner, ""));
});

test("C9 the file says status, delivery, times in UTC and who invited, and no cell is a formula", async () => {
  const org = await createTestOrganization();
  const bo = await org.seat("bo", "admin");
  await db().member.update({ where: { id: bo.memberId }, data: { name: "=cmd()" } });
  const guest = await org.invite(someone("lea"), "admin", bo);
  await decline("10.9.1.1", null, { code: guest.code, reason: "@SUM(1+1)" });
  const [header, line] = (await csv(org.owner, "status=all")).split("\r\n");
  expect(header).toBe(
    "\uFEFFEmail,Status,Role,Resends,Sent (UTC),Expires (UTC),Ended (UTC),Reason for declining,Delivery,Delivery detail,Invited by,Email of who invited,User id",
  );
  const moment = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
  expect(line).toMatch(
    new RegExp(
      `^${guest.email},Declined,Admin,0,${moment},${moment},${moment},"'@SUM\\(1\\+1\\)",[^,]*,[^,]*,"'=cmd\\(\\)",${bo.email},[0-9a-f-]{36}$`,
    ),
  );
});

test("C5 no code and no link is in the file, whatever became of the invitation", async () => {
  const org = await createTestOrganization();
  const guests = [await org.invite(), await org.invite()];
  await resend(org.owner, { invitation: guests[0]?.invitation ?? "" });
  const text = await csv(org.owner, "status=all");
  for (const { code, proof, invitation } of guests) {
    expect(text).not.toContain(code);
    expect(text).not.toContain(proof);
    expect(text).not.toContain(invitation);
  }
  expect(text).not.toMatch(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}|https?:/);
});

test("C9 while others resend, nobody stands in the file twice", async () => {
  const org = await createTestOrganization();
  await seatCrowd(org.id, [org.owner.memberId], { count: 4_000, label: `.${org.slug}` });
  const pieces = await opened(org.owner, "sort=status");
  await pieces.next();
  let text = String((await pieces.next()).value);
  // All that were read go to the end of this order.
  await db().$executeRaw`
    UPDATE invitation SET expires_at = expires_at + interval '900 days'
    WHERE organization_id = ${org.id}::uuid AND email = ANY(${text.split("\r\n").map((line) => line.split(",")[0])})`;
  for await (const piece of pieces) text += piece;
  const all = text.trimEnd().split("\r\n");
  expect(all.length).toBeGreaterThan(2_000);
  expect(new Set(all.map((line) => line.split(",")[0])).size).toBe(all.length);
});

test("C9 without the permission there is no file, and another organization's people are in none", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const guest = await org.invite();
  expect(await csv(other.owner, "status=all")).not.toContain(guest.email);
  const member = await org.seat("mona", "member");
  await expect(exportInvitations(member, invitationList.defaults)).rejects.toThrow("invitations:read");
});
