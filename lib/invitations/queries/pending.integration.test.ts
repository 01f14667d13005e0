import { expect, test } from "vitest";
import { findLandingPath } from "@/lib/invitations/queries/pending";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";

test("F5 a login opens the organization of the login page, or the home page if an invitation is pending", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  const member = await org.addMember("tom");
  expect(await findLandingPath(member.accountId, org.slug)).toBe(`/o/${org.slug}`);
  expect(await findLandingPath(member.accountId, other.slug)).toBe("/");
  expect(await findLandingPath(member.accountId, undefined)).toBe("/");
  await other.invite(member.email);
  expect(await findLandingPath(member.accountId, org.slug)).toBe("/");
});

test("F5 an account with an unconfirmed address gets no pending invitation after its login", async () => {
  const org = await createTestOrganization();
  const { accountId, email } = await createTestAccount(uniqueEmail("gil"), "Gil", { verifiedAt: null });
  await org.invite(email);
  expect(await findLandingPath(accountId, org.slug)).toBe("/");
});
