import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { findActor } from "@/lib/auth/actor";
import { findSession } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";
import { runSendJob } from "@/lib/mail/fixture";
import { eraseOrganization } from "@/lib/organizations/commands/erase";
import { createPolicy } from "@/lib/policies/commands/create";
import { deletePolicy } from "@/lib/policies/commands/delete";
import { searchDump } from "@/scripts/search-dump";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

beforeAll(createIsolatedDatabase);

/** Creates an organization with a name that occurs nowhere else in the database. */
async function createNamedOrganization() {
  const org = await createTestOrganization();
  const name = `Zephyr ${randomBytes(5).toString("hex")}`;
  await db().organization.update({ where: { id: org.id }, data: { name } });
  return { ...org, name };
}

describe("erasing an organization", () => {
  test("G4 leaves no personal data of members, invitations, emails, requests and policies; the audit log keeps its ids", async () => {
    const [org, other] = [await createNamedOrganization(), await createTestOrganization()];
    const sharedAccount = await createTestAccount(uniqueEmail("both"), "Both");
    for (const organization of [org, other]) {
      const { code, proof } = await organization.invite(sharedAccount.email);
      await acceptInvitation("10.6.0.1", sharedAccount, { code, proof });
    }
    const bo = await org.addMember("bo", "admin");
    const invitation = await org.invite(undefined, "member", bo);
    const requester = uniqueEmail("asking");
    await db().invitationRequest.create({
      data: { id: randomUUID(), organizationId: org.id, email: requester, keyId: 1, digest: randomBytes(32) },
    });
    const created = await createPolicy(org.owner, {
      name: `Friends of ${org.name}`,
      permissions: ["users:read"],
    });
    await deletePolicy(org.owner, { policy: created.ok ? created.value.policy : "", version: 1 });
    for (const { id } of await db().emailBatch.findMany({ where: { closedAt: null } })) await runSendJob(id);
    const before = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });

    expect(await eraseOrganization(org.owner, { typed: org.name })).toEqual({ ok: true, value: null });
    for (const text of [org.name, org.slug, org.owner.email, bo.email, invitation.email, requester])
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
    expect(await findInvitationByCode("10.6.0.2", invitation.code)).toMatchObject({ reason: "unknown-code" });
    // Members of another organization keep their account.
    expect(await findSession(sharedAccount.sessionId)).toMatchObject({ email: sharedAccount.email });
    expect(await other.member(sharedAccount.email)).toMatchObject({ status: "active" });
  });

  test("G4 is refused without the role Owner, without the name typed, and for the demo; an operator's account is kept", async () => {
    const org = await createNamedOrganization();
    const admin = await org.addMember("bo", "admin");
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
