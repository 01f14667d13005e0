import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findActor } from "@/lib/auth/actor";
import { findSession } from "@/lib/auth/session";
import { closeDatabase, db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { work } from "@/lib/mail/fixture";
import { eraseOrganization } from "@/lib/organizations/erase";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import { create } from "@/lib/policies/commands/create";
import { remove } from "@/lib/policies/commands/remove";
import { ownDatabase } from "@/scripts/own-database";
import { searchDump } from "@/scripts/search-dump";

let own: Awaited<ReturnType<typeof ownDatabase>>;
beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});

/** An organization whose name stands nowhere else. */
async function makeNamed() {
  const org = await createTestOrganization();
  const name = `Zephyr ${randomBytes(5).toString("hex")}`;
  await db().organization.update({ where: { id: org.id }, data: { name } });
  return { ...org, name };
}

describe("erasing an organization", () => {
  test("G4 leaves nothing personal of it: people, invitations, letters, requests, policies; the log keeps its ids", async () => {
    const [org, other] = [await makeNamed(), await createTestOrganization()];
    const both = await makeAccount(someone("both"), "Both");
    for (const one of [org, other]) {
      const { code, proof } = await one.invite(both.email);
      await accept("10.6.0.1", both, { code, proof });
    }
    const bo = await org.seat("bo", "admin");
    const open = await org.invite(undefined, "member", bo);
    const asking = someone("asking");
    await db().invitationRequest.create({
      data: { id: randomUUID(), organizationId: org.id, email: asking, keyId: 1, digest: randomBytes(32) },
    });
    const made = await create(org.owner, { name: `Friends of ${org.name}`, permissions: ["users:read"] });
    await remove(org.owner, { policy: made.ok ? made.value.policy : "", version: 1 });
    for (const { id } of await db().emailBatch.findMany({ where: { closedAt: null } })) await work(id);
    const before = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });

    expect(await eraseOrganization(org.owner, { typed: org.name })).toEqual({ ok: true, value: null });
    for (const text of [org.name, org.slug, org.owner.email, bo.email, open.email, asking])
      expect(await searchDump(text), text).toEqual([]);
    expect(await searchDump(org.id)).toEqual(["public.activity"]);
    const after = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      type: "organization-erased",
      actorId: org.owner.memberId,
      data: {},
    });

    expect(await findActor(org.owner.accountId, org.slug)).toBeNull();
    expect(await findByCode("10.6.0.2", open.code)).toMatchObject({ reason: "unknown-code" });
    // Who is in another organization goes on there.
    expect(await findSession(both.sessionId)).toMatchObject({ email: both.email });
    expect(await other.member(both.email)).toMatchObject({ status: "active" });
  });

  test("G4 refused: to who is no Owner, without its name, and for the demo; an operator's account stays", async () => {
    const org = await makeNamed();
    const admin = await org.seat("bo", "admin");
    expect(await eraseOrganization(admin, { typed: org.name })).toMatchObject({ reason: "owners-only" });
    expect(await eraseOrganization(org.owner, { typed: "Zephyr" })).toMatchObject({ reason: "wrong-name" });
    await db().organization.update({ where: { id: org.id }, data: { demo: true } });
    expect(await eraseOrganization(org.owner, { typed: org.name })).toMatchObject({ reason: "is-demo" });
    await db().organization.update({ where: { id: org.id }, data: { demo: false } });
    await db().account.update({ where: { id: org.owner.accountId }, data: { operator: true } });
    expect(await eraseOrganization(org.owner, { typed: org.name })).toMatchObject({ ok: true });
    expect(await db().account.count({ where: { id: org.owner.accountId } })).toBe(1);
    expect(await eraseOrganization(org.owner, { typed: org.name })).toMatchObject({
      reason: "owners-only",
    });
  });
});
