import { existsSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createResendStandIn, type ProviderCall } from "@/e2e/stand-in/provider";
import { signWebhook } from "@/e2e/stand-in/webhooks";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { confirmEmailChange } from "@/lib/accounts/commands/confirm-email-change";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { type ActivityType, describeActivity } from "@/lib/activity/activity-types";
import { findActor } from "@/lib/auth/actor";
import { cookieSettings } from "@/lib/auth/cookies";
import { findSession, type SignedInAccount } from "@/lib/auth/session";
import { decodeSessionId } from "@/lib/auth/session-cookie";
import { env } from "@/lib/config/env";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { passwordMatches } from "@/lib/crypto/password";
import { closeDatabase, db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";
import { closeQueue } from "@/lib/jobs/queue";
import type { LinkPurpose } from "@/lib/links/account-link";
import {
  buildEmailedInvitationLink,
  buildInvitationLink,
  deriveInvitationCode,
  deriveMailboxProof,
  formatCode,
} from "@/lib/links/invitation-link";
import { deriveRequestSecret } from "@/lib/links/request-link";
import { handleResendWebhook } from "@/lib/mail/webhook";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { consumeSignInLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { startWorkers } from "@/lib/workers/workers";
import { createOldDatabase, type OldDatabase } from "./fixture";

describe("an installation upgraded from version 0.1.0", () => {
  let old: OldDatabase;
  let provider: Server;
  let clients = 0;

  beforeAll(async () => {
    old = await createOldDatabase();
    provider = createResendStandIn();
    await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
    for (const name of ["FOYER_SECRET", "FOYER_KEYS", "FOYER_URL", "FOYER_FROM", "RESEND_WEBHOOK_SECRET"])
      process.env[name] = recorded(name);
    process.env.DATABASE_URL = old.url;
    process.env.RESEND_API_KEY = "re_test";
    process.env.RESEND_BASE_URL = standIn();
    await old.upgrade();
  });
  afterAll(async () => {
    await closeQueue();
    await closeDatabase();
    await old.drop();
    provider.closeAllConnections();
    provider.close();
  });

  const recorded = (name: string) => old.recordedValues[name] ?? "";
  const at = (person: string) => `${person}@people.test`;
  const newIp = () => `203.0.113.${++clients}`;
  const standIn = () => `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const fromProvider = async <T>(what: string) =>
    (await (await fetch(`${standIn()}/control/${what}`)).json()) as T[];

  /** Returns the session of the cookie that version 0.1.0 set in this person's browser. */
  async function signedIn(person: string): Promise<SignedInAccount> {
    const sealedBy = { secret: env().secret, salt: cookieSettings("session", true).name };
    const session = await findSession((await decodeSessionId(recorded(`cookie_${person}`), sealedBy)) ?? "");
    if (!session) throw new Error(`${person} is signed out`);
    return session;
  }

  /** Returns the codes and proofs in the emails of a person's invitations, latest first. */
  async function invitationsOf(person: string) {
    const where = { email: at(person), organization: { slug: "northwind" } };
    const rows = await db().invitation.findMany({ where, orderBy: { createdAt: "desc" } });
    return rows.map(({ id, keyId, memberId }) => ({
      memberId,
      keyId,
      code: deriveInvitationCode(requireKey(keyId), id),
      proof: deriveMailboxProof(requireKey(keyId), id),
    }));
  }

  async function invitationOf(person: string) {
    const [invitation] = await invitationsOf(person);
    if (!invitation) throw new Error(`${person} has no invitation`);
    return invitation;
  }

  const emailOf = (toAddress: string, kind: string) =>
    db().emailMessage.findFirst({ where: { toAddress, kind }, orderBy: { createdAt: "desc" } });

  /** Returns the secret of the latest unused link emailed to this address. */
  async function linkOf(mailbox: string, purpose: LinkPurpose): Promise<string> {
    const where = { email: mailbox, purpose, usedAt: null };
    const { id, keyId } = await db().accountLink.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
    return deriveSecret(requireKey(keyId), "account-link", id);
  }

  /** Applies a provider event about an email of version 0.1.0, whose tag has its id, and returns its new state. */
  async function report(type: string, to: string, more: object = {}) {
    const email = await db().emailMessage.findFirstOrThrow({
      where: { toAddress: to, kind: "invitation" },
      select: { id: true, providerId: true },
    });
    const id = `msg_${type}_${email.id}`;
    const data = { email_id: email.providerId, to: [to], tags: { letter: email.id }, ...more };
    const body = JSON.stringify({ type: `email.${type}`, created_at: new Date().toISOString(), data });
    expect(
      await handleResendWebhook(body, new Headers(signWebhook(recorded("RESEND_WEBHOOK_SECRET"), id, body))),
    ).toBe("accepted");
    return db().emailMessage.findUniqueOrThrow({
      where: { id: email.id },
      select: {
        state: true,
        detail: true,
        invitation: { select: { delivery: true, member: { select: { emailSuppression: true } } } },
      },
    });
  }

  test.for(["omar", "lea", "zoe"])(
    "%s stays signed in, and api/me returns the same as before",
    async (person) => {
      const account = await signedIn(person);
      const actor = await findActor(account.accountId, "northwind");
      expect({
        account: { id: account.accountId, email: account.email, name: account.name },
        organization: {
          id: actor?.organization.id,
          slug: actor?.organization.slug,
          name: actor?.organization.name,
        },
        member: { id: actor?.memberId, name: actor?.name },
        role: actor?.role,
        permissions: [...(actor?.permissions ?? [])].sort(),
      }).toEqual(JSON.parse(recorded(`me_${person}`)));
    },
  );

  test("every entry of the activity log is described with the data that version 0.1.0 recorded", async () => {
    const entries = await db().activity.findMany({ orderBy: { id: "asc" } });
    const describeEntry = (type: string, data: unknown) =>
      describeActivity(translationFor("en"), {
        type: type as ActivityType,
        data: data as Record<string, string>,
        personName: "Lea",
        actorName: "Ana",
        inviterName: "Ana",
        declineReason: null,
        policyNames: {},
      });
    for (const { type } of entries) expect(describeEntry(type, {}), type).toEqual(expect.any(String));
    // The descriptions of these types include recorded data.
    for (const wanted of [
      "invited",
      "resent",
      "renewed",
      "bounced",
      "changed",
      "policy-changed",
      "settings-changed",
    ]) {
      // An invitation as a Member is described like one without recorded data.
      const some = entries.filter(
        ({ type, data }) =>
          type === wanted && !(type === "invited" && JSON.stringify(data).includes("member")),
      );
      expect(some.length, wanted).toBeGreaterThan(0);
      for (const { type, data } of some) expect(describeEntry(type, data)).not.toBe(describeEntry(type, {}));
    }
  });

  test("passwords set in version 0.1.0 still work", async () => {
    const { passwordHash } = await db().account.findUniqueOrThrow({ where: { email: at("omar") } });
    expect(await passwordMatches(passwordHash, recorded("password"))).toBe(true);
  });

  test("every URL in the emails of version 0.1.0 has a page", () => {
    expect(buildEmailedInvitationLink("https://x.test", "A".repeat(20), "B".repeat(20))).toBe(
      `https://x.test/join/AAAAA-AAAAA-AAAAA-AAAAA?proof=${"B".repeat(20)}`,
    );
    for (const page of [
      "join",
      "join/[code]",
      "sign-in/[code]",
      "reset/[code]",
      "confirm/[code]",
      "change-address/[code]",
      "request/[code]",
      "o/[organization]/admin/users/(lists)",
      "o/[organization]/admin/users/[member]",
      "o/[organization]/admin/settings",
    ])
      expect(existsSync(`app/${page}/page.tsx`), page).toBe(true);
  });

  test.for([
    ["yan", 1],
    ["pat", 2],
  ] as const)(
    "the open invitation of %s, derived from key %i, opens by code, copied link and emailed link",
    async ([person, keyId]) => {
      const { code, proof, ...invitation } = await invitationOf(person);
      expect(invitation.keyId).toBe(keyId);
      for (const typed of [formatCode(code), buildInvitationLink(env().origin, code)])
        expect(await findInvitationByCode(newIp(), typed)).toMatchObject({
          ok: true,
          value: { email: at(person), status: "pending", proven: false },
        });
      expect(await findInvitationByCode(newIp(), code, proof)).toMatchObject({
        ok: true,
        value: { proven: true },
      });
    },
  );

  test.for([
    ["tom", "declined"],
    ["uma", "revoked"],
    ["omar", "accepted"],
    ["wim", "expired"],
  ] as const)("the code of %s's invitation shows that it is %s", async ([person, status]) => {
    const { code } = await invitationOf(person);
    expect(await findInvitationByCode(newIp(), code)).toMatchObject({ ok: true, value: { status } });
  });

  test("the code of a replaced invitation shows that it is superseded, and the new one is pending", async () => {
    const [latest, earlier] = await invitationsOf("xan");
    expect(await findInvitationByCode(newIp(), earlier?.code ?? "")).toMatchObject({
      value: { status: "superseded" },
    });
    expect(await findInvitationByCode(newIp(), latest?.code ?? "")).toMatchObject({
      value: { status: "pending" },
    });
  });

  test("a pending invitation is accepted by its emailed link", async () => {
    const { code, proof, memberId } = await invitationOf("pat");
    const password = "chosen after the upgrade";
    expect(await acceptInvitation(newIp(), null, { code, proof, name: "Pat Novak", password })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(await db().member.findUniqueOrThrow({ where: { id: memberId } })).toMatchObject({
      status: "active",
      name: "Pat Novak",
      addressConfirmed: true,
      sortName: " pat novak\t pat@people.test",
    });
  });

  test("provider events about emails of version 0.1.0 update the emails, their invitations and their members", async () => {
    expect(await report("delivered", at("vic"))).toMatchObject({
      state: "delivered",
      invitation: { delivery: "delivered", member: { emailSuppression: null } },
    });
    const bounce = { type: "Permanent", subType: "NoEmail", message: "550 5.1.1 no such user" };
    expect(await report("bounced", at("ben"), { bounce })).toMatchObject({
      state: "bounced",
      detail: expect.any(String),
      invitation: { delivery: "bounced", member: { emailSuppression: "bounced" } },
    });
    // An email with the state "unknown".
    expect(await report("delivered", at("ulf"))).toMatchObject({ state: "delivered", detail: null });
  });

  test("the workers process each job that version 0.1.0 left in its queues once", async () => {
    const batchOf = async (to: string) =>
      (await db().emailMessage.findFirstOrThrow({ where: { toAddress: to, kind: "invitation" } })).batchId;
    const halfFinished = recorded("half_finished_batch");
    // One job was started by a worker that was then killed; the other was not started.
    const [started, waiting] = [await batchOf(at("abe")), await batchOf(at("fay"))];
    const startedAt = new Date();
    const workers = await startWorkers();
    try {
      await vi.waitFor(
        async () => {
          const batches = { id: { in: [halfFinished, started, waiting] }, closedAt: { not: null } };
          expect(await db().emailBatch.count({ where: batches })).toBe(3);
          // Zoe requested a login link, and a visitor requested one for an account that does not exist.
          expect(await db().magicLinkRequest.count()).toBe(0);
          expect(await emailOf(at("zoe"), "sign-in-link")).toMatchObject({ state: "sent" });
          expect(await emailOf(at("nell"), "request-confirmation")).toMatchObject({ state: "sent" });
          expect(await emailOf(at("remy"), "reminder")).toMatchObject({ state: "sent" });
          // The hourly job deletes an old session and an old event about an unknown email.
          expect(await db().session.count({ where: { userAgent: "an old browser" } })).toBe(0);
          expect(await db().deliveryEvent.count({ where: { emailMessageId: null } })).toBe(1);
        },
        { timeout: 50_000, interval: 500 },
      );
    } finally {
      await workers.stop();
    }

    const { rows: left } = await old.client.query(
      `SELECT name, data, state FROM pgboss.job
       WHERE name IN ('letters', 'links', 'requests', 'reminders', 'tidying') AND state < 'completed'
         AND created_on < $1 AND start_after < now() + interval '1 day'`,
      [startedAt],
    );
    expect(left).toEqual([]);
    const calls = await fromProvider<ProviderCall>("calls");
    const callsFor = (batch: string) =>
      calls.filter(({ key }) => key?.startsWith(batch)).map(({ key, hash }) => ({ key, hash }));
    // The same call that got no response: the provider knows its key, so it sends nothing twice.
    expect(callsFor(halfFinished)).toEqual([
      { key: recorded("half_finished_call_key"), hash: recorded("half_finished_call_sha256") },
    ]);
    expect(callsFor(waiting)).toEqual([{ key: `${waiting}:0`, hash: expect.any(String) }]);
    expect(callsFor(started)).toEqual([{ key: `${started}:0`, hash: expect.any(String) }]);
    const sent = await fromProvider<{ to: string; text: string }>("emails");
    expect(sent.map(({ to }) => to).sort()).toEqual(
      ["abe", "fay", "finn", "hana", "hugo", "nell", "remy", "zoe"].map(at),
    );
    for (const person of ["hana", "hugo"]) {
      const { code, proof } = await invitationOf(person);
      expect(sent.find(({ to }) => to === at(person))?.text).toContain(
        buildEmailedInvitationLink(env().origin, code, proof),
      );
    }
    // The last response of the provider to version 0.1.0 was an error that affects every email.
    expect(await db().sendThrottle.findFirst()).toMatchObject({ providerError: null });
  }, 60_000);

  test("each recurring job is scheduled once, even if its queue was renamed", async () => {
    const { rows } = await old.client.query("SELECT cron FROM pgboss.schedule ORDER BY cron");
    expect(rows).toEqual([{ cron: "* * * * *" }, { cron: "17 * * * *" }]);
  });

  test("jobs that version 0.1.0 delayed keep their start time", async () => {
    const { rows } = await old.client.query<{ request: string; days: number }>(`
      SELECT data->>'request' AS request, round(extract(epoch FROM start_after - now()) / 86400)::int AS days
      FROM pgboss.job WHERE state < 'active' AND start_after > now() + interval '1 day' AND data ? 'request'`);
    const requests = await db().invitationRequest.findMany({ select: { id: true, email: true } });
    const waiting = rows.map(({ request, days }) => [requests.find(({ id }) => id === request)?.email, days]);
    expect(waiting).toEqual(
      expect.arrayContaining([
        [at("dora"), 30],
        [at("rosa"), 2],
        [at("nell"), 2],
      ]),
    );
  });

  test("the link of a request still confirms it", async () => {
    const where = { email: at("rosa") };
    const { id, keyId } = await db().invitationRequest.findFirstOrThrow({ where });
    expect(await confirmRequest(newIp(), deriveRequestSecret(requireKey(keyId), id))).toEqual({
      ok: true,
      value: null,
    });
    expect(await db().invitationRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "pending",
    });
  });

  test("an emailed link still logs in, once", async () => {
    const code = await linkOf(at("mia"), "sign-in");
    expect(await consumeSignInLink(newIp(), null, { code })).toMatchObject({
      ok: true,
      value: { slug: "northwind" },
    });
    expect(await consumeSignInLink(newIp(), null, { code })).toMatchObject({
      ok: false,
      reason: "invalid-link",
    });
  });

  test("an emailed link still resets the password", async () => {
    const password = "also chosen after the upgrade";
    const code = await linkOf(at("nina"), "reset-password");
    expect(await resetPassword(newIp(), { code, password })).toMatchObject({ ok: true });
  });

  test("an emailed link still confirms an address", async () => {
    const lea = await signedIn("lea");
    expect(lea.confirmed).toBe(false);
    const code = await linkOf(at("lea"), "confirm-address");
    expect(await confirmAddress(newIp(), lea, { code })).toMatchObject({ ok: true });
    expect((await signedIn("lea")).confirmed).toBe(true);
  });

  test("a change of address still requires the links from both mailboxes", async () => {
    const zoe = await signedIn("zoe");
    for (const mailbox of [at("zoe"), at("zoe.park")])
      expect(
        await confirmEmailChange(newIp(), zoe, { code: await linkOf(mailbox, "change-address") }),
      ).toMatchObject({
        ok: true,
      });
    expect((await signedIn("zoe")).email).toBe(at("zoe.park"));
  });
});
