import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createLink } from "@/lib/accounts/links";
import { parseCode, sha256 } from "@/lib/crypto/codes";
import { db, transaction } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { parseInvitationCode } from "@/lib/links/invitation-link";
import { describeDelivery } from "@/lib/mail/delivery-status";
import { runSendJob } from "@/lib/mail/fixture";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findMailboxEmail, listMailbox } from "@/lib/mail/queries";
import { createTestOrganization, makeOperator } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

// An isolated database, because one test counts all emails.
beforeAll(createIsolatedDatabase);

test("H1 without a provider no email is reported as sent: it is kept, and the row says why", async () => {
  const org = await createTestOrganization();
  await runSendJob(await org.inviteBatch("lea"));
  expect(await org.deliveries()).toEqual({
    lea: { delivery: "kept", detail: "no email provider", state: "kept" },
  });
  expect(describeDelivery(translationFor("en"), "kept", "no email provider")).toBe(
    "Not delivered: no email provider",
  );
});

test("H1 the operator can read every email, with a link and code that work", async () => {
  const org = await createTestOrganization({ ownerName: "Ana Duarte" });
  const operator = await makeOperator(org.owner);
  await runSendJob(await org.inviteBatch("lea"));
  const page = await listMailbox(operator);
  const row = page?.emails.find(({ to }) => to === org.address("lea"));
  expect(row).toMatchObject({
    kind: "invitation",
    state: "kept",
    subject: "Ana Duarte invited you to join Northwind",
  });

  const email = await findMailboxEmail(operator, row?.id ?? "");
  const invitation = await db().invitation.findFirstOrThrow({ where: { organizationId: org.id } });
  const link = email?.content?.text.match(/http\S+proof=\S+/)?.[0] ?? "";
  expect(sha256(parseInvitationCode(link) ?? "")).toEqual(Buffer.from(invitation.codeDigest));
  expect(email?.content?.html).toContain(`href="${link}"`);
});

test("H1 an email that is not rendered yet is listed without content", async () => {
  const org = await createTestOrganization();
  const operator = await makeOperator(org.owner);
  const batch = await org.inviteBatch("lea");
  const [{ id } = { id: "" }] = await db().emailMessage.findMany({ where: { batchId: batch } });
  expect(await findMailboxEmail(operator, id)).toMatchObject({
    state: "queued",
    subject: null,
    content: null,
  });
  expect(await findMailboxEmail(operator, randomUUID())).toBeNull();
  expect(await findMailboxEmail(operator, "'; --")).toBeNull();
});

test("the mailbox lists all emails in pages of 50, each once, newest first", async () => {
  const org = await createTestOrganization();
  const operator = await makeOperator(org.owner);
  await runSendJob(await org.inviteBatch(...Array.from({ length: 60 }, (_, i) => `p${i}`)));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listMailbox(operator, { after });
    expect(page?.emails.length).toBeLessThanOrEqual(50);
    seen.push(...(page?.emails ?? []).map(({ id }) => id));
    after = page?.next ?? undefined;
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(await db().emailMessage.count());
  const dates = await db().emailMessage.findMany({
    where: { id: { in: seen } },
    select: { id: true, createdAt: true },
  });
  const createdAtById = new Map(dates.map(({ id, createdAt }) => [id, createdAt.getTime()]));
  const times = seen.map((id) => createdAtById.get(id) ?? 0);
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test("D9 the address confirmation contains the link of its row and says what it is for", async () => {
  const org = await createTestOrganization();
  const operator = await makeOperator(org.owner);
  const id = randomUUID();
  const to = org.address("lea");
  const link = await transaction(async (tx) => {
    const created = await createLink(tx, {
      accountId: org.owner.accountId,
      email: to,
      purpose: "confirm-address",
      hours: 48,
    });
    await enqueueEmails(tx, [
      { id, kind: "address-confirmation", to, organizationId: org.id, accountLinkId: created.id },
    ]);
    return created;
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await runSendJob(batchId);
  const email = await findMailboxEmail(operator, id);
  const code = email?.content?.text.match(/\/confirm\/(\S+)/)?.[1] ?? "";
  expect(parseCode(code)).toBe(link.secret);
  expect(email?.subject).toBe("Confirm your email address for Northwind");
  expect(email?.content?.text).toContain(`An account was created with ${to}.`);
});

test.each([
  ["sign-in", "sign-in"],
  ["reset-password", "reset"],
  ["confirm-address", "confirm"],
  ["change-address", "change-address"],
] as const)("an email with a %s link leads to /%s", async (purpose, path) => {
  const org = await createTestOrganization();
  const operator = await makeOperator(org.owner);
  const id = randomUUID();
  const to = org.address("lea");
  const link = await transaction(async (tx) => {
    const change = purpose === "change-address" ? { changeId: randomUUID() } : {};
    const account = { accountId: org.owner.accountId, email: to };
    const created = await createLink(tx, { ...account, purpose, hours: 1, ...change });
    await enqueueEmails(tx, [{ id, kind: "address-confirmation", to, accountLinkId: created.id }]);
    return created;
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await runSendJob(batchId);
  const email = await findMailboxEmail(operator, id);
  const code = email?.content?.text.match(new RegExp(`^http://[^/]+/${path}/(\\S+)$`, "m"))?.[1] ?? "";
  expect(parseCode(code)).toBe(link.secret);
});

test("an email is not sent if its link has been used", async () => {
  const org = await createTestOrganization();
  const id = randomUUID();
  const to = org.address("lea");
  await transaction(async (tx) => {
    const purpose = "confirm-address" as const;
    const link = await createLink(tx, { accountId: org.owner.accountId, email: to, purpose, hours: 48 });
    await enqueueEmails(tx, [{ id, kind: "address-confirmation", to, accountLinkId: link.id }]);
    await tx.accountLink.update({ where: { id: link.id }, data: { usedAt: new Date() } });
  });
  const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
  await runSendJob(batchId);
  expect(await db().emailMessage.findUnique({ where: { id } })).toMatchObject({
    state: "cancelled",
    detail: "the link was already used or had expired",
  });
});
