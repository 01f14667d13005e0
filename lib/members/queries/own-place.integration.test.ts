import { afterAll, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { findOwnPlace } from "@/lib/members/queries/own-place";
import { createTestOrganization } from "@/lib/organizations/fixture";

afterAll(closeDatabase);

test("D3 whoever looks reads who can give them more: those above them who are really there", async () => {
  const org = await createTestOrganization();
  const [bo, lea] = [await org.seat("bo", "admin"), await org.seat("lea", "member", "Read")];
  const [blocked, unproven] = [await org.seat("kim", "admin"), await org.seat("gil", "owner")];
  await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
  await db().member.update({ where: { id: unproven.memberId }, data: { addressConfirmed: false } });

  expect(await findOwnPlace(lea)).toMatchObject({
    role: "member",
    policies: ["Manage access for organization (Read)"],
    helpers: ["ana", "bo"],
  });
  // An Admin holds every permission; only an Owner makes more of them.
  expect(await findOwnPlace(bo)).toMatchObject({ role: "admin", policies: [], helpers: ["ana"] });
  expect(await findOwnPlace(org.owner)).toMatchObject({ role: "owner", helpers: [], isLastOwner: true });
});
