import { afterAll, beforeAll, expect, test } from "vitest";
import { exportActivity } from "@/lib/activity/export";
import { readActivityState } from "@/lib/activity/list";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { exportUsers } from "@/lib/members/export";
import { userList } from "@/lib/members/list";
import { createTestOrganization } from "@/lib/organizations/fixture";
import { seedPeople } from "@/scripts/seed-people";

beforeAll(prepareQueue);
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
});

const files = {
  "the users": (actor: Actor) => exportUsers(actor, userList.read({})),
  "the invitations": (actor: Actor) => exportInvitations(actor, invitationList.read({})),
  "the log": (actor: Actor) => exportActivity(actor, readActivityState({})),
};

const losses = {
  "who is removed": { status: "removed" },
  "who is blocked": { status: "blocked" },
  "whose role is taken": { role: "member" },
};

/** An organization whose lists are longer than what is read at once, and somebody who may read them. */
async function crowded() {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 4_000, label: `.${org.slug}` });
  await db().$executeRaw`
    INSERT INTO activity (organization_id, member_id, type, at)
    SELECT ${org.id}::uuid, ${org.owner.memberId}::uuid, 'changed', clock_timestamp()
    FROM generate_series(1, 3000)`;
  return org;
}

test.each(Object.entries(files))(
  "%s as a file end for whoever loses the right while they are read, however slowly",
  async (_, make) => {
    const org = await crowded();
    for (const [who, loss] of Object.entries(losses)) {
      const reader = await org.addMember("rosa", "admin");
      const file = await make(reader);
      if (!file.ok) throw new Error(file.reason);
      // The head, and what was read with it.
      await file.value.next();
      await file.value.next();
      await db().member.update({ where: { id: reader.memberId }, data: loss });
      await expect(file.value.next(), who).rejects.toThrow("was lost while reading");
      expect(await file.value.next(), who).toEqual({ done: true, value: undefined });
    }
  },
);

test.each(Object.entries(files))("%s as a file are read to the end by whoever still may", async (_, make) => {
  const file = await make((await crowded()).owner);
  if (!file.ok) throw new Error(file.reason);
  let lines = 0;
  for await (const piece of file.value) lines += piece.split("\r\n").length - 1;
  expect(lines).toBeGreaterThan(1_001);
});
