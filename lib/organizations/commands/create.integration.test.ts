import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { findActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { leaveOrganization } from "@/lib/members/commands/leave";
import { createOrganization } from "@/lib/organizations/commands/create";
import { listOrganizations } from "@/lib/organizations/queries";
import { createTestAccount, createTestOrganization, makeOperator, uniqueEmail } from "@/test/factories";

const uniqueSlug = () => `m-${randomBytes(6).toString("hex")}`;

const createOperator = async () => makeOperator(await createTestAccount(uniqueEmail("olga"), "Olga"));

test("F4 the operator creates another organization and becomes its Owner, even without being in any", async () => {
  const [operator, slug] = [await createOperator(), uniqueSlug()];
  expect(await listOrganizations(operator.accountId)).toEqual([]);
  expect(await createOrganization(operator, { organization: "Southwind", slug })).toEqual({
    ok: true,
    value: { slug },
  });
  const actor = await findActor(operator.accountId, slug);
  expect(actor).toMatchObject({ role: "owner", organization: { name: "Southwind", slug } });
  expect(actor?.permissions.has("invitations:create")).toBe(true);
  expect(await db().policy.count({ where: { organizationId: actor?.organization.id ?? "" } })).toBe(4);
  expect(await listOrganizations(operator.accountId)).toEqual([
    { name: "Southwind", slug, role: "owner", startUrl: `/o/${slug}/admin/users` },
  ]);
});

test("one of ten parallel attempts with the same slug succeeds; a taken slug is refused", async () => {
  const [operator, slug] = [await createOperator(), uniqueSlug()];
  const results = await Promise.all(
    Array.from({ length: 10 }, () => createOrganization(operator, { organization: "Southwind", slug })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await createOrganization(operator, { organization: "Other", slug })).toMatchObject({
    reason: "slug-taken",
  });
  expect(await db().organization.count({ where: { slug } })).toBe(1);
});

test("a former operator cannot create organizations", async () => {
  const [operator, slug] = [await createOperator(), uniqueSlug()];
  await db().account.update({ where: { id: operator.accountId }, data: { operator: false } });
  expect(await createOrganization(operator, { organization: "Southwind", slug })).toMatchObject({
    reason: "operators-only",
  });
  expect(await db().organization.count({ where: { slug } })).toBe(0);
});

test("F4 a user's organizations are listed with role and start page until the user leaves", async () => {
  const [north, south] = [await createTestOrganization(), await createTestOrganization()];
  const tom = await north.addMember("tom", "member", "Read");
  await db().member.create({
    data: {
      id: crypto.randomUUID(),
      organizationId: south.id,
      email: tom.email,
      accountId: tom.accountId,
      status: "active",
      role: "member",
      addressConfirmed: true,
    },
  });
  const listMemberships = async () =>
    (await listOrganizations(tom.accountId)).map(({ slug, role, startUrl }) => ({
      slug,
      role,
      startUrl,
    }));
  const southMembership = { slug: south.slug, role: "member", startUrl: `/o/${south.slug}` };
  expect(new Set(await listMemberships())).toEqual(
    new Set([
      { slug: north.slug, role: "member", startUrl: `/o/${north.slug}/admin/users` },
      southMembership,
    ]),
  );
  expect(await leaveOrganization(tom)).toMatchObject({ ok: true });
  expect(await listMemberships()).toEqual([southMembership]);
});
