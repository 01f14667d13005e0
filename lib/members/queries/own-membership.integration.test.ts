import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { findOwnMembership } from "@/lib/members/queries/own-membership";
import { createTestOrganization } from "@/test/factories";

test("D3 shows who can give more access: active members with a higher role and a confirmed address", async () => {
  const org = await createTestOrganization();
  const [bo, lea] = [await org.addMember("bo", "admin"), await org.addMember("lea", "member", "Read")];
  const [blocked, unproven] = [await org.addMember("kim", "admin"), await org.addMember("gil", "owner")];
  await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
  await db().member.update({ where: { id: unproven.memberId }, data: { addressConfirmed: false } });

  expect(await findOwnMembership(lea)).toMatchObject({
    role: "member",
    policies: ["Manage access for organization (Read)"],
    contacts: ["ana", "bo"],
  });
  // Only an Owner is above an Admin.
  expect(await findOwnMembership(bo)).toMatchObject({ role: "admin", policies: [], contacts: ["ana"] });
  expect(await findOwnMembership(org.owner)).toMatchObject({
    role: "owner",
    contacts: [],
    isLastOwner: true,
  });
});
