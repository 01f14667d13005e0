import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLink } from "@/lib/accounts/links";
import { digestOf, readSecret } from "@/lib/crypto/codes";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { readCode } from "@/lib/links/invitation-link";
import { makeOrganization, work } from "@/lib/mail/fixture";
import { owe } from "@/lib/mail/outbox";
import { findLetter, listLetters } from "@/lib/mail/queries";
import { deliveryWords } from "@/lib/mail/states";
import { ownDatabase } from "@/scripts/own-database";

// Of its own, because it counts all letters there are.
let own: Awaited<ReturnType<typeof ownDatabase>>;

beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});

test("H1 without a provider nothing says sent: the letter is kept, and the row says why", async () => {
  const northwind = await makeOrganization();
  await work(await northwind.invite("lea"));
  expect(await northwind.deliveries()).toEqual({
    lea: { delivery: "kept", detail: "no email provider", letter: "kept" },
  });
  expect(deliveryWords("kept", "no email provider")).toBe("Not delivered: no email provider");
});

test("H1 the operator reads every letter, with the link and code that work", async () => {
  const northwind = await makeOrganization();
  await work(await northwind.invite("lea"));
  const page = await listLetters(northwind.operator);
  const row = page?.letters.find(({ to }) => to === northwind.address("lea"));
  expect(row).toMatchObject({
    kind: "invitation",
    state: "kept",
    subject: "Ana Duarte invited you to join Northwind",
  });

  const letter = await findLetter(northwind.operator, row?.id ?? "");
  const invitation = await db().invitation.findFirstOrThrow({ where: { organizationId: northwind.id } });
  const link = letter?.contents?.text.match(/http\S+proof=\S+/)?.[0] ?? "";
  expect(digestOf(readCode(link) ?? "")).toEqual(Buffer.from(invitation.codeDigest));
  expect(letter?.contents?.html).toContain(`href="${link}"`);
});

test("H1 a letter that nobody has written yet is listed and has nothing to read", async () => {
  const northwind = await makeOrganization();
  const batch = await northwind.invite("lea");
  const [{ id } = { id: "" }] = await db().emailMessage.findMany({ where: { batchId: batch } });
  expect(await findLetter(northwind.operator, id)).toMatchObject({
    state: "queued",
    subject: null,
    contents: null,
  });
  expect(await findLetter(northwind.operator, randomUUID())).toBeNull();
  expect(await findLetter(northwind.operator, "'; --")).toBeNull();
});

test("the mailbox goes through all letters by pages of 50, each once, newest first", async () => {
  const northwind = await makeOrganization();
  await work(await northwind.invite(...Array.from({ length: 60 }, (_, i) => `p${i}`)));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listLetters(northwind.operator, { after });
    expect(page?.letters.length).toBeLessThanOrEqual(50);
    seen.push(...(page?.letters ?? []).map(({ id }) => id));
    after = page?.next ?? undefined;
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(await db().emailMessage.count());
  const dates = await db().emailMessage.findMany({
    where: { id: { in: seen } },
    select: { id: true, createdAt: true },
  });
  const at = new Map(dates.map(({ id, createdAt }) => [id, createdAt.getTime()]));
  const times = seen.map((id) => at.get(id) ?? 0);
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test("D9 the letter that asks to confirm an address carries the link of its row, and says what it is for", async () => {
  const northwind = await makeOrganization();
  const id = randomUUID();
  const to = northwind.address("lea");
  const link = await transaction(async (tx) => {
    const made = await makeLink(tx, {
      accountId: northwind.accountId,
      email: to,
      purpose: "confirm-address",
      hours: 48,
    });
    await owe(tx, [
      { id, kind: "address-confirmation", to, organizationId: northwind.id, accountLinkId: made.id },
    ]);
    return made;
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await work(batchId);
  const letter = await findLetter(northwind.operator, id);
  const printed = letter?.contents?.text.match(/\/confirm\/(\S+)/)?.[1] ?? "";
  expect(readSecret(printed)).toBe(link.secret);
  expect(letter?.subject).toBe("Confirm your address for Northwind");
  expect(letter?.contents?.text).toContain(`An account was made with ${to} in Northwind.`);
});

test.each([
  ["sign-in", "sign-in"],
  ["reset-password", "reset"],
  ["confirm-address", "confirm"],
  ["change-address", "change-address"],
] as const)("a letter with a link to %s leads to /%s", async (purpose, path) => {
  const northwind = await makeOrganization();
  const id = randomUUID();
  const to = northwind.address("lea");
  const link = await transaction(async (tx) => {
    const change = purpose === "change-address" ? { changeId: randomUUID() } : {};
    const account = { accountId: northwind.accountId, email: to };
    const made = await makeLink(tx, { ...account, purpose, hours: 1, ...change });
    await owe(tx, [{ id, kind: "address-confirmation", to, accountLinkId: made.id }]);
    return made;
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await work(batchId);
  const letter = await findLetter(northwind.operator, id);
  const printed = letter?.contents?.text.match(new RegExp(`^http://[^/]+/${path}/(\\S+)$`, "m"))?.[1] ?? "";
  expect(readSecret(printed)).toBe(link.secret);
});

test("a letter about a link that was used first is not sent", async () => {
  const northwind = await makeOrganization();
  const id = randomUUID();
  const to = northwind.address("lea");
  await transaction(async (tx) => {
    const purpose = "confirm-address" as const;
    const link = await makeLink(tx, { accountId: northwind.accountId, email: to, purpose, hours: 48 });
    await owe(tx, [{ id, kind: "address-confirmation", to, accountLinkId: link.id }]);
    await tx.accountLink.update({ where: { id: link.id }, data: { usedAt: new Date() } });
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await work(batchId);
  expect(await db().emailMessage.findUnique({ where: { id } })).toMatchObject({
    state: "cancelled",
    detail: "its link was used or expired first",
  });
});
