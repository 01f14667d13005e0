import { describe, expect, test } from "vitest";
import { ACTIVITY_TYPES, describeActivity } from "@/lib/activity/activity-types";
import { exportActivity } from "@/lib/activity/export";
import { readActivityState } from "@/lib/activity/list";
import { listActivity } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import type { SearchParams } from "@/lib/lists/list-state";
import { createPolicy } from "@/lib/policies/commands/create";
import { deletePolicy } from "@/lib/policies/commands/delete";
import { createTestOrganization } from "@/test/factories";

const lea = { name: "Lea Stein", password: "lovely geese walk" };

async function page(actor: Actor, params: SearchParams = {}) {
  const result = await listActivity(actor, readActivityState(params));
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const typesOf = async (actor: Actor, params: SearchParams = {}) =>
  (await page(actor, params)).rows.map(({ type }) => type);

async function csv(actor: Actor, params: SearchParams = {}): Promise<string[]> {
  const exported = await exportActivity(actor, readActivityState(params));
  if (!exported.ok) throw new Error(exported.reason);
  let text = "";
  for await (const chunk of exported.value) text += chunk;
  return text.split("\r\n");
}

/** Adds entries to the log, a minute apart from 2026-01-01. */
async function addEntries(organizationId: string, count: number, actorId: string): Promise<void> {
  await db().$executeRaw`
    INSERT INTO activity (organization_id, actor_id, type, at)
    SELECT ${organizationId}::uuid, ${actorId}::uuid, 'organization-created', timestamptz '2026-01-01 00:00:00Z' + make_interval(mins => n)
    FROM generate_series(1, ${count}::int) n`;
}

describe("the log of an organization", () => {
  test("G4 contains every action with a description, the actor and the user concerned", async () => {
    const org = await createTestOrganization();
    const first = await org.invite();
    await copyInvitation(org.owner, { invitation: first.invitation, shape: "link" });
    await resendInvitation(org.owner, { invitation: first.invitation });
    await revokeInvitation(org.owner, { invitation: first.invitation });
    await undoRevokeInvitation(org.owner, { invitation: first.invitation });
    await acceptInvitation("10.9.0.1", null, { code: first.code, proof: first.proof, ...lea });
    const second = await org.invite();
    await declineInvitation("10.9.0.1", null, { code: second.code, reason: "No time." });
    const created = await createPolicy(org.owner, { name: "Readers", permissions: ["users:read"] });
    await deletePolicy(org.owner, { policy: created.ok ? created.value.policy : "", version: 1 });

    const { rows } = await page(org.owner);
    const described = rows.map((row) => [describeActivity(translationFor("en"), row), row.person?.email]);
    expect(described).toEqual([
      ["ana deleted the access policy Readers; 0 people had it", undefined],
      ["ana created the access policy Readers (grants: view users)", undefined],
      [`${second.email} declined the invitation: “No time.”`, second.email],
      [`ana invited ${second.email} as a Member`, second.email],
      ["Lea Stein joined via the email link", first.email],
      ["ana undid the revocation", first.email],
      ["ana revoked the invitation", first.email],
      ["ana resent the invitation (1 of 3)", first.email],
      ["ana copied the invitation link", first.email],
      ["ana invited Lea Stein as a Member", first.email],
    ]);
  });

  test("G4 is filtered by type, actor, user and days", async () => {
    const org = await createTestOrganization();
    const bo = await org.addMember("bo", "admin");
    const [one, other] = [await org.invite(), await org.invite(undefined, "member", bo)];
    await copyInvitation(org.owner, { invitation: other.invitation, shape: "code" });
    await addEntries(org.id, 3, bo.memberId);
    expect(await typesOf(org.owner, { type: "copied" })).toEqual(["copied"]);
    expect(await typesOf(org.owner, { by: bo.email.toUpperCase(), type: "invited" })).toEqual(["invited"]);
    expect(await typesOf(org.owner, { person: other.email })).toEqual(["copied", "invited"]);
    expect(await typesOf(org.owner, { person: one.email, by: bo.email })).toEqual([]);
    expect(await typesOf(org.owner, { to: "2026-01-01" })).toEqual([
      "organization-created",
      "organization-created",
      "organization-created",
    ]);
    expect(await typesOf(org.owner, { from: "2026-01-02" })).toEqual(["copied", "invited", "invited"]);
    expect(await typesOf(org.owner, { from: "2026-01-01", to: "2026-01-01", type: "invited" })).toEqual([]);
    const unknown = await listActivity(org.owner, readActivityState({ person: "unknown@people.test" }));
    expect(unknown).toMatchObject({ reason: "unknown-person" });
  });

  test("G4 shows no entry of another organization, not even when given its users' addresses, ids and cursors", async () => {
    const [ours, theirs] = [await createTestOrganization(), await createTestOrganization()];
    const guest = await theirs.invite();
    const [entry] = (await page(theirs.owner)).rows;
    expect(await typesOf(ours.owner, { after: entry?.id })).toEqual([]);
    expect(await typesOf(ours.owner, { person: entry?.person?.id })).toEqual([]);
    expect(await listActivity(ours.owner, readActivityState({ person: guest.email }))).toMatchObject({
      reason: "unknown-person",
    });
    expect(await csv(ours.owner, { person: entry?.person?.id })).toHaveLength(2);
  });

  test("G4 pages forwards and backwards show each entry once, with and without days", async () => {
    const org = await createTestOrganization();
    await addEntries(org.id, 130, org.owner.memberId);
    for (const filters of [{}, { to: "2026-01-01" }, { from: "2026-01-01" }, { by: org.owner.email }]) {
      const first = await page(org.owner, filters);
      const second = await page(org.owner, { ...filters, after: first.next?.id });
      const last = await page(org.owner, { ...filters, after: second.next?.id });
      expect([first.rows.length, second.rows.length, last.rows.length]).toEqual([50, 50, 30]);
      expect([first.previous, last.next]).toEqual([null, null]);
      expect(new Set([first, second, last].flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(130);
      const back = await page(org.owner, { ...filters, before: last.previous?.id });
      expect(back.rows.map(({ id }) => id)).toEqual(second.rows.map(({ id }) => id));
      // A page before the first is the first page.
      expect((await page(org.owner, { ...filters, before: first.rows[3]?.id })).rows).toHaveLength(50);
    }
  });

  test("G4 the database refuses to change or delete entries", async () => {
    const org = await createTestOrganization();
    await addEntries(org.id, 1, org.owner.memberId);
    const where = { organizationId: org.id };
    await expect(db().activity.deleteMany({ where })).rejects.toThrow("append-only");
    await expect(db().activity.updateMany({ where, data: { type: "vouched" } })).rejects.toThrow(
      "append-only",
    );
    await expect(db().$executeRaw`TRUNCATE activity`).rejects.toThrow("append-only");
    const inCommand = transaction((tx) => tx.activity.deleteMany({ where }));
    await expect(inCommand).rejects.toThrow("append-only");
    expect(await db().activity.count({ where })).toBe(1);
  });

  test("G4 every type of activity has a name and a description", () => {
    const translation = translationFor("en");
    const entry = { personName: "Lea", actorName: "Ana", inviterName: "Ana", declineReason: null };
    const data = { from: "member", role: "admin" };
    for (const type of ACTIVITY_TYPES) {
      expect(translation.t(`admin.activity.type.${type}`)).toMatch(/^[A-Z]/);
      expect(describeActivity(translation, { ...entry, type, data, policyNames: {} })).toMatch(/^[A-Z]/);
    }
  });
});

describe("the export", () => {
  test("C11 a user's timeline is exported as CSV, without codes or links, and no cell is a formula", async () => {
    const org = await createTestOrganization();
    const { invitation, email, code, proof } = await org.invite();
    await copyInvitation(org.owner, { invitation, shape: "link" });
    await acceptInvitation("10.9.0.2", null, { code, proof, name: "=HYPERLINK(1)", password: lea.password });
    await org.invite();
    const lines = await csv(org.owner, { person: email });
    expect(lines[0]).toMatch(/^\uFEFFEntry ID,Time \(UTC\),Event,/);
    expect(lines.slice(1, -1).map((line) => line.split(",").slice(2, 6).join(","))).toEqual([
      `accepted,"'=HYPERLINK(1) joined via the email link","'=HYPERLINK(1)",${email}`,
      `copied,ana copied the invitation link,"'=HYPERLINK(1)",${email}`,
      `invited,ana invited =HYPERLINK(1) as a Member,"'=HYPERLINK(1)",${email}`,
    ]);
    const text = lines.join("\n");
    expect(text).not.toContain(code);
    expect(text).not.toContain(proof);
    expect(text).not.toMatch(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/);
  });

  test("G4 a long log is exported completely, in chunks, and stops when the reader stops", async () => {
    const org = await createTestOrganization();
    await addEntries(org.id, 2_500, org.owner.memberId);
    const lines = await csv(org.owner, { type: "organization-created" });
    expect(lines).toHaveLength(1 + 2_500 + 1);
    expect(new Set(lines.slice(1, -1).map((line) => line.split(",")[0])).size).toBe(2_500);

    const exported = await exportActivity(org.owner, readActivityState({}));
    if (!exported.ok) throw new Error(exported.reason);
    await exported.value.next();
    const { value } = await exported.value.next();
    expect(String(value).split("\r\n")).toHaveLength(1_001);
    await exported.value.return();
    expect(await exported.value.next()).toEqual({ value: undefined, done: true });
  });
});
