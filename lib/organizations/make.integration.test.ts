import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { findActor, type Operator } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { leave } from "@/lib/members/commands/leave";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import { make } from "@/lib/organizations/make";
import { listOrganizations } from "@/lib/organizations/queries";

afterAll(closeDatabase);

const newSlug = () => `m-${randomBytes(6).toString("hex")}`;

async function makeOperator(): Promise<Operator> {
  const { accountId } = await makeAccount(someone("olga"), "Olga");
  await db().account.update({ where: { id: accountId }, data: { operator: true } });
  return { accountId } as Operator;
}

test("F4 the operator makes another organization and is its Owner, also while they are in none", async () => {
  const [operator, slug] = [await makeOperator(), newSlug()];
  expect(await listOrganizations(operator.accountId)).toEqual([]);
  expect(await make(operator, { organization: "Southwind", slug })).toEqual({ ok: true, value: { slug } });
  const actor = await findActor(operator.accountId, slug);
  expect(actor).toMatchObject({ role: "owner", organization: { name: "Southwind", slug } });
  expect(actor?.permissions.has("invitations:create")).toBe(true);
  expect(await db().policy.count({ where: { organizationId: actor?.organization.id ?? "" } })).toBe(4);
  expect(await listOrganizations(operator.accountId)).toEqual([
    { name: "Southwind", slug, role: "owner", start: `/o/${slug}/admin/users` },
  ]);
});

test("of ten who make one at the same address at once, one does; a taken one is refused", async () => {
  const [operator, slug] = [await makeOperator(), newSlug()];
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => make(operator, { organization: "Southwind", slug })),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await make(operator, { organization: "Other", slug })).toMatchObject({ reason: "slug-taken" });
  expect(await db().organization.count({ where: { slug } })).toBe(1);
});

test("who is no operator any more makes none", async () => {
  const [operator, slug] = [await makeOperator(), newSlug()];
  await db().account.update({ where: { id: operator.accountId }, data: { operator: false } });
  expect(await make(operator, { organization: "Southwind", slug })).toMatchObject({
    reason: "operators-only",
  });
  expect(await db().organization.count({ where: { slug } })).toBe(0);
});

test("F4 each organization is listed with one's role and where one begins there, until one leaves it", async () => {
  const [north, south] = [await createTestOrganization(), await createTestOrganization()];
  const tom = await north.seat("tom", "member", "Read");
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
  const places = async () =>
    (await listOrganizations(tom.accountId)).map(({ slug, role, start }) => ({ slug, role, start }));
  const southern = { slug: south.slug, role: "member", start: `/o/${south.slug}` };
  expect(new Set(await places())).toEqual(
    new Set([{ slug: north.slug, role: "member", start: `/o/${north.slug}/admin/users` }, southern]),
  );
  expect(await leave(tom)).toMatchObject({ ok: true });
  expect(await places()).toEqual([southern]);
});
