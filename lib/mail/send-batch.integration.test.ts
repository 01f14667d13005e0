import { describe, expect, test } from "vitest";
import { setUpStandIn } from "@/e2e/stand-in/test-setup";
import { sha256 } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { buildInvitationLink, parseInvitationCode } from "@/lib/links/invitation-link";
import { findSendJobs, runSendJob } from "@/lib/mail/fixture";
import { enqueueEmails } from "@/lib/mail/outbox";
import { startWorkers } from "@/lib/workers/workers";
import { createTestOrganization } from "@/test/factories";

const { control, sentEmails, calls } = setUpStandIn();

describe("sent emails", () => {
  test("D1 the received email is complete, and its code opens the invitation", async () => {
    const org = await createTestOrganization({ ownerName: "Ana Duarte" });
    await runSendJob(await org.inviteBatch("lea"));
    const [email] = await sentEmails();
    const row = await db().invitation.findFirstOrThrow({ where: { organizationId: org.id } });

    expect(email).toMatchObject({
      to: org.address("lea"),
      from: "Northwind <invitations@northwind.org>",
      subject: "Ana Duarte invited you to join Northwind",
      tags: [{ name: "email_message", value: row.emailMessageId }],
    });
    const link = email?.text.match(/http\S+\?proof=\w{20}/)?.[0] ?? "";
    const code = parseInvitationCode(link) ?? "";
    expect(sha256(code)).toEqual(Buffer.from(row.codeDigest));
    expect(link.startsWith(buildInvitationLink("http://localhost:3000", code))).toBe(true);
    expect(email?.html).toContain(`href="${link}"`);
    expect(email?.html).toContain("Join your organization");
    expect(email?.html + (email?.text ?? "")).not.toMatch(/[\uE000-\uF8FF]/);
    expect(await org.deliveries()).toEqual({ lea: { delivery: "sent", detail: null, state: "sent" } });
  });

  test("100 invitations are sent in one call, within 2 seconds after the commit", async () => {
    const org = await createTestOrganization();
    const workers = await startWorkers();
    try {
      await org.inviteBatch(...Array.from({ length: 100 }, (_, i) => `p${i}`));
      const committed = Date.now();
      while ((await sentEmails()).length < 100 && Date.now() < committed + 10_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Date.now() - committed).toBeLessThan(2_000);
      expect(await calls()).toHaveLength(1);
      expect(new Set((await sentEmails()).map(({ to }) => to)).size).toBe(100);
    } finally {
      await workers.stop();
    }
    const states = Object.values(await org.deliveries());
    expect(states.filter(({ delivery }) => delivery === "sent")).toHaveLength(100);
  });

  test("the email has the organization's reply-to address", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { replyTo: "desk@northwind.org" } });
    await runSendJob(await org.inviteBatch("lea"));
    expect((await sentEmails())[0]).toMatchObject({ reply_to: "desk@northwind.org" });
  });

  test("C3 a resend keeps the first subject, even if the organization was renamed since, and says when it expires", async () => {
    const org = await createTestOrganization({ ownerName: "Ana Duarte" });
    const { invitation } = await org.invite(org.address("lea"));
    const send = async (kind: string) => {
      const { batchId } = await db().emailMessage.findFirstOrThrow({
        where: { invitationId: invitation, kind },
      });
      await runSendJob(batchId);
      return (await sentEmails()).at(-1);
    };
    const first = await send("invitation");
    await db().organization.update({ where: { id: org.id }, data: { name: "Renamed" } });
    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    const resent = await send("resent");
    expect(first?.subject).toBe("Ana Duarte invited you to join Northwind");
    expect(resent?.subject).toBe(first?.subject);
    expect(resent?.text).toContain("invited you to join \u2068Renamed\u2069 as a Member.");
    expect(resent?.text).toMatch(/It now expires in 7 days, on \w+, \w+ \d+, \d{4} at \d\d:\d\d UTC\./);
  });

  test("the email names its language and says that no person sent it", async () => {
    const org = await createTestOrganization();
    await runSendJob(await org.inviteBatch("lea"));
    expect((await sentEmails())[0]?.headers).toEqual({
      "Content-Language": "en",
      "Auto-Submitted": "auto-generated",
    });
  });

  test("an email enqueued in a transaction that is rolled back is never sent", async () => {
    const org = await createTestOrganization();
    const id = "11111111-1111-4111-8111-111111111111";
    const failed = db().$transaction(async (tx) => {
      await enqueueEmails(tx, [{ id, kind: "invitation", to: "a@b.org", organizationId: org.id }]);
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
    expect(await db().emailMessage.findUnique({ where: { id } })).toBeNull();
  });
});

describe("secrets", () => {
  test("C5 no code, link or proof is stored in an email's row or in a job", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await control("faults", { kind: "refuse", status: 500, name: "internal_server_error" });
    await runSendJob(batch);
    const row = JSON.stringify(await db().emailMessage.findFirst({ where: { batchId: batch } }));
    expect(row).toContain("Join your organization");
    await runSendJob(batch);
    const text = (await sentEmails())[0]?.text ?? "";
    const [code, proof] = [
      text.match(/^\w{5}(-\w{5}){3}$/m)?.[0] ?? "?",
      text.match(/proof=(\w+)/)?.[1] ?? "?",
    ];
    expect([code.length, proof.length]).toEqual([23, 20]);
    for (const stored of [row, JSON.stringify(await findSendJobs(batch))])
      for (const secret of [code, code.replaceAll("-", ""), proof]) expect(stored).not.toContain(secret);
  });
});

describe("emails that are not sent", () => {
  test("C6 a queued email of a revoked invitation is not sent", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea", "omar");
    await revoke(org.address("lea"));
    await runSendJob(batch);
    expect((await sentEmails()).map(({ to }) => to)).toEqual([org.address("omar")]);
    expect((await org.deliveries()).lea).toEqual({
      delivery: "cancelled",
      detail: "the invitation was already revoked",
      state: "cancelled",
    });
  });

  test("C6 an email revoked after a failed attempt is left out of the next one", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea", "omar");
    await control("faults", { kind: "refuse", retryAfter: 0 });
    await runSendJob(batch);
    await revoke(org.address("lea"));
    await runSendJob(batch);
    expect((await sentEmails()).map(({ to }) => to)).toEqual([org.address("omar")]);
  });

  test("a queued email of an expired invitation is not sent", async () => {
    const org = await createTestOrganization();
    const batch = await org.inviteBatch("lea");
    await db()
      .$executeRaw`UPDATE invitation SET expires_at = clock_timestamp() WHERE email = ${org.address("lea")}`;
    await runSendJob(batch);
    expect(await calls()).toEqual([]);
    expect((await org.deliveries()).lea?.detail).toBe("the invitation had expired");
  });

  test("H3 nothing is sent to an .example address, with any provider", async () => {
    const org = await createTestOrganization();
    await runSendJob(await org.inviteBatch("lea@fabrikam.example", "omar"));
    expect((await sentEmails()).map(({ to }) => to)).toEqual([org.address("omar")]);
    expect((await org.deliveries()).lea).toEqual({
      delivery: "kept",
      detail: "demo address",
      state: "kept",
    });
  });

  async function revoke(email: string): Promise<void> {
    await db().$executeRaw`
      UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp() WHERE email = ${email}`;
  }
});

test("two processes with the same batch make one call", async () => {
  const org = await createTestOrganization();
  const batch = await org.inviteBatch("lea");
  await control("faults", { kind: "delay", milliseconds: 1500 });
  await Promise.all([runSendJob(batch), runSendJob(batch)]);
  expect(await calls()).toHaveLength(1);
  expect(await sentEmails()).toHaveLength(1);
});

test("all processes together make at most two calls per second", async () => {
  const org = await createTestOrganization();
  const batches: string[] = [];
  for (const name of ["a", "b", "c", "d"]) batches.push(await org.inviteBatch(name));
  await control("rate-limit", { perSecond: 3 });
  await Promise.all(batches.map(runSendJob));
  expect((await calls()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});
