import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { findOperator } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { removeDemo } from "@/lib/organizations/commands/remove-demo";
import { createSetupToken, setUpInstallation } from "@/lib/organizations/commands/setup";
import { isSetupOpen } from "@/lib/organizations/queries";
import { consumeSignInLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { loadDemo } from "@/prisma/demo";
import { uniqueIp } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

// A separate database: setup works once, and the shared test database already has operators.
beforeAll(createIsolatedDatabase);

beforeEach(async () => {
  await db().organization.deleteMany();
  await db().account.deleteMany();
});

const input = {
  name: "Ana Duarte",
  email: "ana@northwind.test",
  password: "correct horse geese",
  organization: "Northwind",
  slug: "northwind",
};
const createToken = async () => (await createSetupToken()) ?? "";

describe("H1 the setup token", () => {
  test("H1 creates the operator and first Owner, once", async () => {
    expect(await isSetupOpen()).toBe(true);
    const token = await createToken();
    expect(token.replaceAll("-", "")).toMatch(/^[0-9a-f]{32}$/);
    const result = await setUpInstallation(uniqueIp(), { ...input, token });
    expect(result).toMatchObject({ ok: true, value: { slug: "northwind" } });
    expect(await db().member.findFirst()).toMatchObject({
      role: "owner",
      status: "active",
      addressConfirmed: true,
    });
    expect(await verifyPassword(uniqueIp(), input)).toMatchObject({ ok: true });
    expect(await isSetupOpen()).toBe(false);
    expect(await createSetupToken()).toBeNull();
    expect(
      await setUpInstallation(uniqueIp(), { ...input, slug: "other", email: "eve@x.test", token }),
    ).toMatchObject({
      reason: "already-set-up",
    });
  });

  test("H1 the token is accepted in upper case and without hyphens", async () => {
    const variant = (await createToken()).replaceAll("-", " ").toUpperCase();
    expect(await setUpInstallation(uniqueIp(), { ...input, token: variant })).toMatchObject({ ok: true });
  });

  test("H1 a wrong token, or one from an earlier startup, creates nothing", async () => {
    const earlier = await createToken();
    await createToken();
    for (const wrongToken of ["x", earlier, `${"0".repeat(32)}`])
      expect(await setUpInstallation(uniqueIp(), { ...input, token: wrongToken })).toMatchObject({
        reason: "wrong-token",
      });
    expect(await db().account.count()).toBe(0);
  });

  test("H1 one of eight parallel setups with the token succeeds", async () => {
    const token = await createToken();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        setUpInstallation(uniqueIp(), { ...input, email: `p${i}@x.test`, slug: `o-${i}`, token }),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await db().account.count({ where: { operator: true } })).toBe(1);
  });

  test("H1 S-LIMIT-3 after ten wrong tokens a client is refused", async () => {
    const clientIp = uniqueIp();
    const token = await createToken();
    for (let i = 0; i < 10; i++) await setUpInstallation(clientIp, { ...input, token: "x" });
    expect(await setUpInstallation(clientIp, { ...input, token })).toMatchObject({ reason: "too-many" });
    expect(await setUpInstallation(uniqueIp(), { ...input, token })).toMatchObject({ ok: true });
  });
});

describe("H3 the demo organization", () => {
  const codeIn = (link: string) => link.split("/sign-in/")[1] ?? "";

  test("H3 its link signs in once, and setup stays open", async () => {
    const link = await loadDemo();
    expect(await isSetupOpen()).toBe(true);
    expect(await consumeSignInLink(uniqueIp(), null, { code: codeIn(link) })).toMatchObject({ ok: true });
    expect(await consumeSignInLink(uniqueIp(), null, { code: codeIn(link) })).toMatchObject({
      reason: "invalid-link",
    });
  });

  test("H3 it has every invitation status and delivery status, and all its addresses end in .example", async () => {
    await loadDemo();
    const invitations = await db().invitation.findMany();
    expect(new Set(invitations.map(({ settledAs }) => settledAs))).toEqual(
      new Set([null, "accepted", "declined", "revoked"]),
    );
    expect(invitations.some(({ settledAs, expiresAt }) => !settledAs && expiresAt < new Date())).toBe(true);
    expect(new Set(invitations.map(({ delivery }) => delivery))).toEqual(
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

  test("H3 loading it twice creates it once, and the operator can remove it without a trace", async () => {
    const result = await setUpInstallation(uniqueIp(), {
      ...input,
      slug: "mine",
      token: await createToken(),
    });
    await loadDemo();
    await loadDemo();
    expect(await db().organization.count({ where: { demo: true } })).toBe(1);
    const operator = result.ok ? await findOperator(result.value.accountId) : null;
    if (!operator) throw new Error("no operator");
    expect(await removeDemo(operator)).toMatchObject({ ok: true });
    expect(await removeDemo(operator)).toMatchObject({ reason: "no-demo" });
    expect(await db().account.count({ where: { email: { endsWith: ".example" } } })).toBe(0);
    expect(await db().organization.findMany({ select: { slug: true } })).toEqual([{ slug: "mine" }]);
  });
});
