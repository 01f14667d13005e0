import { expect, test } from "vitest";
import { pollForChanges } from "@/lib/admin/queries/poll";
import { findVisibleRows } from "@/lib/admin/queries/visible-rows";
import { db, transaction } from "@/lib/db/client";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { updateDeliveryStatus } from "@/lib/mail/update-delivery-status";
import { createTestOrganization, expireInvitation, type TestOrganization } from "@/test/factories";

/**
 * Returns a function that polls like an open page, and returns whether anything changed since the last poll.
 */
function startPolling(org: TestOrganization) {
  let token: string | null = null;
  return async () => {
    const result = await pollForChanges(org.owner, token);
    token = result.token;
    return result.changed;
  };
}

test("C10 every change is detected once: of an email's status or detail, of a user, and an expired invitation", async () => {
  const org = await createTestOrganization();
  const changed = startPolling(org);
  expect(await changed()).toBe(false);
  const { invitation } = await org.invite();
  expect(await changed()).toBe(true);
  expect(await changed()).toBe(false);

  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  const id = emailMessageId ?? "";
  for (const update of [
    { id, state: "queued", detail: "the provider asks to wait" },
    { id, state: "queued", detail: "the provider asks to wait longer" },
    { id, state: "sent" },
  ] as const) {
    await transaction((tx) => updateDeliveryStatus(tx, [update]));
    expect(await changed(), update.detail).toBe(true);
    expect(await changed(), update.detail).toBe(false);
  }
  await resendInvitation(org.owner, { invitation });
  expect(await changed()).toBe(true);
  await expireInvitation(invitation);
  expect(await changed()).toBe(true);
  expect(await changed()).toBe(false);
});

test("C10 a change that is committed late is detected, and changes in between too", async () => {
  const org = await createTestOrganization();
  const changed = startPolling(org);
  const { invitation } = await org.invite();
  const { memberId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  expect(await changed()).toBe(true);
  await transaction(async (tx) => {
    await tx.activity.create({
      data: { organizationId: org.id, memberId, type: "copied", at: new Date() },
    });
    await org.invite();
    expect(await changed()).toBe(true);
    expect(await changed()).toBe(false);
  });
  expect(await changed()).toBe(true);
  expect(await changed()).toBe(false);
});

test("C10 another organization's changes are not detected, and an invalid or old token reports a change", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const changed = startPolling(org);
  await changed();
  await other.invite();
  expect(await changed()).toBe(false);
  const hourAgo = `${Date.now() - 3_600_000}-0`;
  expect((await pollForChanges(org.owner, hourAgo)).changed).toBe(true);
  for (const nonsense of ["x", "1-", "'; DROP TABLE email_message", "99999999999999-1"])
    expect((await pollForChanges(org.owner, nonsense)).token).toMatch(/^\d{13}-0$/);
});

test("C10 visible rows are returned in their current state, those of other organizations never", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const [here, there] = [await org.invite(), await other.invite()];
  const ids = [(await org.member(here.email)).id, (await other.member(there.email)).id];
  const { invitations, users } = await findVisibleRows(org.owner, { members: ids, requests: [] });
  expect(invitations.map(({ email }) => email)).toEqual([here.email]);
  expect(users.map(({ email }) => email)).toEqual([here.email]);
  const member = await org.addMember("bo");
  expect(await findVisibleRows(member, { members: ids, requests: [] })).toEqual({
    invitations: [],
    users: [],
    requests: [],
  });
});
