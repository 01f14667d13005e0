import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { findOperator } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { removeDemo } from "@/lib/organizations/demo";
import { isSetupOpen, newSetupToken, setUp } from "@/lib/organizations/setup";
import { migrate } from "@/lib/postgres/migrate";
import { takeLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { loadDemo } from "@/prisma/demo";

// An installation of its own: setup is possible once, and the other tests' database has operators.
const server = process.env.TEST_DATABASE_URL ?? "";
const name = `setup_${randomBytes(4).toString("hex")}`;

beforeAll(async () => {
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = name;
  process.env.DATABASE_URL = url.href;
  await migrate(url.href, "prisma/migrations");
  await prepareQueue();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

beforeEach(async () => {
  await db().organization.deleteMany();
  await db().account.deleteMany();
});

let addresses = 0;
const ip = () => `10.9.8.${addresses++}`;
const ana = {
  name: "Ana Duarte",
  email: "ana@northwind.test",
  password: "correct horse geese",
  organization: "Northwind",
  slug: "northwind",
};
const token = async () => (await newSetupToken()) ?? "";

describe("H1 the setup token", () => {
  test("H1 makes the operator and first Owner, once", async () => {
    expect(await isSetupOpen()).toBe(true);
    const good = await token();
    expect(good.replaceAll("-", "")).toMatch(/^[0-9a-f]{32}$/);
    const outcome = await setUp(ip(), { ...ana, token: good });
    expect(outcome).toMatchObject({ ok: true, value: { slug: "northwind" } });
    expect(await db().member.findFirst()).toMatchObject({
      role: "owner",
      status: "active",
      addressConfirmed: true,
    });
    expect(await proveByPassword(ip(), ana)).toMatchObject({ ok: true });
    expect(await isSetupOpen()).toBe(false);
    expect(await newSetupToken()).toBeNull();
    expect(await setUp(ip(), { ...ana, slug: "other", email: "eve@x.test", token: good })).toMatchObject({
      reason: "already-set-up",
    });
  });

  test("H1 typed with capitals or without dashes it is the same token", async () => {
    const typed = (await token()).replaceAll("-", " ").toUpperCase();
    expect(await setUp(ip(), { ...ana, token: typed })).toMatchObject({ ok: true });
  });

  test("H1 a wrong token, or that of an earlier start, makes nothing", async () => {
    const earlier = await token();
    await token();
    for (const wrong of ["x", earlier, `${"0".repeat(32)}`])
      expect(await setUp(ip(), { ...ana, token: wrong })).toMatchObject({ reason: "wrong-token" });
    expect(await db().account.count()).toBe(0);
  });

  test("H1 of eight people with the token at once one becomes Owner", async () => {
    const good = await token();
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        setUp(ip(), { ...ana, email: `p${i}@x.test`, slug: `o-${i}`, token: good }),
      ),
    );
    expect(all.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await db().account.count({ where: { operator: true } })).toBe(1);
  });

  test("H1 guessing is paused after ten tries from one address", async () => {
    const from = ip();
    const good = await token();
    for (let i = 0; i < 10; i++) await setUp(from, { ...ana, token: "x" });
    expect(await setUp(from, { ...ana, token: good })).toMatchObject({ reason: "too-many" });
    expect(await setUp(ip(), { ...ana, token: good })).toMatchObject({ ok: true });
  });
});

describe("H3 the demo organization", () => {
  const codeIn = (link: string) => link.split("/sign-in/")[1] ?? "";

  test("H3 its link signs in once, and setup stays open beside it", async () => {
    const link = await loadDemo();
    expect(await isSetupOpen()).toBe(true);
    expect(await takeLink(ip(), null, { code: codeIn(link) })).toMatchObject({ ok: true });
    expect(await takeLink(ip(), null, { code: codeIn(link) })).toMatchObject({ reason: "dead-link" });
  });

  test("H3 it shows every status and delivery there is, and all its addresses end in .example", async () => {
    await loadDemo();
    const invitations = await db().invitation.findMany();
    expect(new Set(invitations.map((one) => one.settledAs))).toEqual(
      new Set([null, "accepted", "declined", "revoked"]),
    );
    expect(invitations.some((one) => !one.settledAs && one.expiresAt < new Date())).toBe(true);
    expect(new Set(invitations.map((one) => one.delivery))).toEqual(
      new Set(["delivered", "sent", "bounced", "delayed", "failed", "kept", "complained"]),
    );
    expect(await db().member.count({ where: { NOT: { email: { endsWith: ".example" } } } })).toBe(0);
    const members = await db().member.findMany({ include: { invitation: true } });
    for (const { invitation, delivery, deliveryDetail } of members)
      expect([delivery, deliveryDetail]).toEqual([
        invitation?.delivery ?? null,
        invitation?.deliveryDetail ?? null,
      ]);
  });

  test("H3 loaded twice it is there once, and the operator removes it without a trace in one press", async () => {
    const outcome = await setUp(ip(), { ...ana, slug: "mine", token: await token() });
    await loadDemo();
    await loadDemo();
    expect(await db().organization.count({ where: { demo: true } })).toBe(1);
    const operator = outcome.ok ? await findOperator(outcome.value.accountId) : null;
    if (!operator) throw new Error("no operator");
    expect(await removeDemo(operator)).toMatchObject({ ok: true });
    expect(await removeDemo(operator)).toMatchObject({ reason: "no-demo" });
    expect(await db().account.count({ where: { email: { endsWith: ".example" } } })).toBe(0);
    expect(await db().organization.findMany({ select: { slug: true } })).toEqual([{ slug: "mine" }]);
  });
});
