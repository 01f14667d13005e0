import { expect, test } from "vitest";
import { exportActivity } from "@/lib/activity/export";
import { readActivityState } from "@/lib/activity/list";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { exportInvitations } from "@/lib/invitations/export";
import { invitationList } from "@/lib/invitations/list";
import { exportUsers } from "@/lib/members/export";
import { userList } from "@/lib/members/list";
import { seedPeople } from "@/scripts/seed-people";
import { createTestOrganization } from "@/test/factories";

const exports = {
  users: (actor: Actor) => exportUsers(actor, userList.read({})),
  invitations: (actor: Actor) => exportInvitations(actor, invitationList.read({})),
  activity: (actor: Actor) => exportActivity(actor, readActivityState({})),
};

const losses = {
  removed: { status: "removed" },
  blocked: { status: "blocked" },
  demoted: { role: "member" },
};

/** Creates an organization whose lists are longer than a chunk. */
async function createLargeOrganization() {
  const org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: 4_000, label: `.${org.slug}` });
  await db().$executeRaw`
    INSERT INTO activity (organization_id, member_id, type, at)
    SELECT ${org.id}::uuid, ${org.owner.memberId}::uuid, 'changed', clock_timestamp()
    FROM generate_series(1, 3000)`;
  return org;
}

test.each(Object.entries(exports))(
  "the export of %s ends if the actor loses the permission while reading",
  async (_, startExport) => {
    const org = await createLargeOrganization();
    for (const [label, loss] of Object.entries(losses)) {
      const reader = await org.addMember("rosa", "admin");
      const file = await startExport(reader);
      if (!file.ok) throw new Error(file.reason);
      // The header, and the chunk that was read with it.
      await file.value.next();
      await file.value.next();
      await db().member.update({ where: { id: reader.memberId }, data: loss });
      await expect(file.value.next(), label).rejects.toThrow("was lost while reading");
      expect(await file.value.next(), label).toEqual({ done: true, value: undefined });
    }
  },
);

test.each(Object.entries(exports))(
  "the export of %s is complete if the actor keeps the permission",
  async (_, startExport) => {
    const file = await startExport((await createLargeOrganization()).owner);
    if (!file.ok) throw new Error(file.reason);
    let lines = 0;
    for await (const chunk of file.value) lines += chunk.split("\r\n").length - 1;
    expect(lines).toBeGreaterThan(1_001);
  },
);
