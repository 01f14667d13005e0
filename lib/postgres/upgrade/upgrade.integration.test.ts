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
import { migrateDatabase } from "@/lib/postgres/migrate";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { consumeSignInLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { startWorkers } from "@/lib/workers/workers";
import { createOldDatabase, describeSchema, type OldDatabase, readAllRows, type StoredRow } from "./fixture";

/** Where a table's rows are after the upgrade: its name, and each of its columns as `name`, or as `old>new`. */
type Moved = { to: string; columns: string };

const TABLES: Record<string, Moved> = {
  account: { to: "account", columns: "id email name password_hash verified_at operator created_at" },
  account_link: {
    to: "account_link",
    columns:
      "id account_id purpose email key_id digest created_at expires_at used_at organization_id change_id",
  },
  activity: {
    to: "activity",
    columns: "id organization_id member_id invitation_id actor_id what>type at data",
  },
  deleted_policy: { to: "deleted_policy", columns: "id organization_id name" },
  installation: { to: "installation", columns: "id setup_digest created_at" },
  invitation: {
    to: "invitation",
    columns:
      "id organization_id member_id email role inviter_id key_id code_digest created_at issued_at expires_at resend_count " +
      "reminded_at settled_as settled_at decline_reason delivery delivery_detail letter_id>email_message_id latest " +
      "letters_stopped>email_suppression",
  },
  invitation_request: {
    to: "invitation_request",
    columns:
      "id organization_id email name message status proposed_role key_id digest created_at confirmed_at settled_at " +
      "settled_by invitation_id proposed_policies stale listed_as>search_text",
  },
  letter: {
    to: "email_message",
    columns:
      "id batch_id position organization_id kind invitation_id request_id account_link_id to_address caused_by state detail " +
      "frozen>payload provider_id created_at state_at",
  },
  letter_batch: { to: "email_batch", columns: "id attempt created_at called_at settled_at>closed_at" },
  letter_event: {
    to: "delivery_event",
    columns: "id letter_id>email_message_id type at data received_at",
  },
  link_wish: { to: "magic_link_request", columns: "id email purpose organization_id created_at" },
  member: {
    to: "member",
    columns:
      "id organization_id email name account_id status role version invitation_id invited_until given_by>granted_by " +
      "address_confirmed created_at joined_at last_active_at resend_count policy_ids listed_as>sort_name role_rank " +
      "standing>sort_at letters_stopped>email_suppression delivery delivery_detail",
  },
  member_policy: {
    to: "member_policy",
    columns: "organization_id member_id policy_id given_by>granted_by",
  },
  organization: {
    to: "organization",
    columns:
      "id slug name demo created_at new_user_invitations allowed_domains refused_domains expiry_days resend_limit reminders " +
      "reply_to support_address default_role settings_version",
  },
  policy: {
    to: "policy",
    columns: "id organization_id name permissions built_in by_default>is_default created_at version",
  },
  rate_limit: { to: "rate_limit", columns: "key points expire" },
  sending_pace: { to: "send_throttle", columns: "id free_at>next_send_at refusal>provider_error" },
  session: { to: "session", columns: "id account_id user_agent created_at seen_at ends_at" },
  sign_in_method: { to: "sign_in_method", columns: "issuer subject account_id created_at" },
};

/** The values that are others afterwards, by the table and column that version 0.1.0 knows. */
const CHANGED_VALUES: Record<string, Record<string, unknown>> = {
  "activity.what": {
    founded: "organization-created",
    asked: "requested",
    "letters-allowed": "emails-allowed",
  },
};

/** Columns that hold nothing in any row of the data: setup spends the token. */
const EMPTY_COLUMNS = ["installation.setup_digest"];

function columnsOf(table: string): { old: string; now: string }[] {
  return (TABLES[table]?.columns.split(" ") ?? []).map((column) => {
    const [old = "", now = old] = column.split(">");
    return { old, now };
  });
}

/** A row of version 0.1.0 as it has to be after the upgrade. */
function expectedRow(table: string, row: StoredRow): StoredRow {
  return Object.fromEntries(
    columnsOf(table).map(({ old, now }) => {
      const values = CHANGED_VALUES[`${table}.${old}`] ?? {};
      const value = row[old];
      return [now, typeof value === "string" && Object.hasOwn(values, value) ? values[value] : value];
    }),
  );
}

describe("the rows of a database of version 0.1.0", () => {
  let old: OldDatabase;
  let before: Record<string, StoredRow[]>;
  let after: Record<string, StoredRow[]>;

  beforeAll(async () => {
    old = await createOldDatabase();
    before = await readAllRows(old.client);
    expect(await old.upgrade()).not.toEqual([]);
    after = await readAllRows(old.client);
  });
  afterAll(() => old.drop());

  test("the data has a row in every table and a value in every column, and the map names them all", () => {
    expect(Object.keys(before).sort()).toEqual(Object.keys(TABLES).sort());
    for (const [table, rows] of Object.entries(before)) {
      expect(rows.length, table).toBeGreaterThan(0);
      expect(Object.keys(rows[0] ?? {}).sort(), table).toEqual(
        columnsOf(table)
          .map((column) => column.old)
          .sort(),
      );
      const empty = columnsOf(table).filter((column) => rows.every((row) => row[column.old] === null));
      expect(EMPTY_COLUMNS, table).toEqual(
        expect.arrayContaining(empty.map((column) => `${table}.${column.old}`)),
      );
    }
    for (const [column, values] of Object.entries(CHANGED_VALUES)) {
      const [table = "", name = ""] = column.split(".");
      for (const value of Object.keys(values))
        expect(before[table]?.some((row) => row[name] === value)).toBe(true);
    }
  });

  test("the upgrade makes no table that the map does not name", () => {
    expect(Object.keys(after).sort()).toEqual(
      Object.values(TABLES)
        .map(({ to }) => to)
        .sort(),
    );
  });

  test.for(Object.entries(TABLES))("every row of %s keeps every value", ([table, { to }]) => {
    expect(after[to]).toEqual(before[table]?.map((row) => expectedRow(table, row)));
  });

  test("the log goes on counting where it was", async () => {
    const { rows } = await old.client.query(
      "SELECT nextval(pg_get_serial_sequence('activity', 'id')) AS id, max(id) + 1 AS next FROM activity",
    );
    expect(rows[0].id).toBe(rows[0].next);
  });

  test("a second start has nothing left to do", async () => {
    expect(await old.upgrade()).toEqual([]);
  });
});

describe("an upgrade that fails at its end", () => {
  let old: OldDatabase;

  beforeAll(async () => {
    old = await createOldDatabase();
  });
  afterAll(() => old.drop());

  test("leaves schema and rows as they were, version 0.1.0 still starts, and a later upgrade succeeds", async () => {
    const state = async () => ({
      schema: await describeSchema(old.client),
      rows: await readAllRows(old.client),
      applied: (await old.client.query("SELECT * FROM _prisma_migrations ORDER BY migration_name")).rows,
    });
    const before = await state();
    await expect(migrateDatabase(old.url, await old.appendToNewest("SELECT 1 / 0;"))).rejects.toThrow(
      "division by zero",
    );
    expect(await state()).toEqual(before);
    expect(await migrateDatabase(old.url, old.oldMigrations)).toEqual([]);
    expect(await old.upgrade()).not.toEqual([]);
    expect(await state()).not.toEqual(before);
  });
});

describe("a database of version 0.1.0 after the upgrade", () => {
  let old: OldDatabase;
  let provider: Server;
  let clients = 0;

  beforeAll(async () => {
    old = await createOldDatabase();
    provider = createResendStandIn();
    await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
    for (const name of ["FOYER_SECRET", "FOYER_KEYS", "FOYER_URL", "FOYER_FROM", "RESEND_WEBHOOK_SECRET"])
      process.env[name] = fact(name);
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

  const fact = (name: string) => old.facts[name] ?? "";
  const at = (person: string) => `${person}@people.test`;
  const newIp = () => `203.0.113.${++clients}`;
  const standIn = () => `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const fromProvider = async <T>(what: string) =>
    (await (await fetch(`${standIn()}/control/${what}`)).json()) as T[];

  /** The session whose cookie version 0.1.0 set in this person's browser. */
  async function signedIn(person: string): Promise<SignedInAccount> {
    const sealedBy = { secret: env().secret, salt: cookieSettings("session", true).name };
    const session = await findSession((await decodeSessionId(fact(`cookie_${person}`), sealedBy)) ?? "");
    if (!session) throw new Error(`${person} is signed out`);
    return session;
  }

  /** Code and proof of an address's invitations, the latest first, as their emails carry them. */
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

  /** The secret in the email whose link is still open. */
  async function linkOf(mailbox: string, purpose: LinkPurpose): Promise<string> {
    const where = { email: mailbox, purpose, usedAt: null };
    const { id, keyId } = await db().accountLink.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
    return deriveSecret(requireKey(keyId), "account-link", id);
  }

  /** What the provider reports about an email of version 0.1.0, which carries its id in a tag. */
  async function report(type: string, to: string, more: object = {}) {
    const email = await db().emailMessage.findFirstOrThrow({
      where: { toAddress: to, kind: "invitation" },
      select: { id: true, providerId: true },
    });
    const id = `msg_${type}_${email.id}`;
    const data = { email_id: email.providerId, to: [to], tags: { letter: email.id }, ...more };
    const body = JSON.stringify({ type: `email.${type}`, created_at: new Date().toISOString(), data });
    expect(
      await handleResendWebhook(body, new Headers(signWebhook(fact("RESEND_WEBHOOK_SECRET"), id, body))),
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
    "%s stays signed in, and api/me returns what it returned",
    async (person) => {
      const account = await signedIn(person);
      const actor = await findActor(account.accountId, "northwind");
      expect({
        account: { id: account.accountId, email: account.email, name: account.name },
        organization: actor?.organization,
        member: { id: actor?.memberId, name: actor?.name },
        role: actor?.role,
        permissions: [...(actor?.permissions ?? [])].sort(),
      }).toEqual(JSON.parse(fact(`me_${person}`)));
    },
  );

  test("every entry of the log is described, with what version 0.1.0 recorded in it", async () => {
    const entries = await db().activity.findMany({ orderBy: { id: "asc" } });
    const describeEntry = (type: string, data: unknown) =>
      describeActivity({
        type: type as ActivityType,
        data: data as Record<string, string>,
        declineReason: null,
        policyNames: {},
      });
    for (const { type } of entries) expect(describeEntry(type, {}), type).toEqual(expect.any(String));
    // Of these types every entry says more than its type.
    for (const wanted of [
      "invited",
      "resent",
      "renewed",
      "bounced",
      "changed",
      "policy-changed",
      "settings-changed",
    ]) {
      const some = entries.filter(({ type }) => type === wanted);
      expect(some.length, wanted).toBeGreaterThan(0);
      for (const { type, data } of some) expect(describeEntry(type, data)).not.toBe(describeEntry(type, {}));
    }
  });

  test("the password of version 0.1.0 still fits", async () => {
    const { passwordHash } = await db().account.findUniqueOrThrow({ where: { email: at("omar") } });
    expect(await passwordMatches(passwordHash, fact("password"))).toBe(true);
  });

  test("every address in the emails of version 0.1.0 has a page", () => {
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
    "the open invitation of %s, made with key %i, opens by code, copied link and mailed link",
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
  ] as const)("the code of %s's invitation says that it is %s", async ([person, status]) => {
    const { code } = await invitationOf(person);
    expect(await findInvitationByCode(newIp(), code)).toMatchObject({ ok: true, value: { status } });
  });

  test("the code of an invitation that was replaced says so, and the new one is open", async () => {
    const [latest, earlier] = await invitationsOf("xan");
    expect(await findInvitationByCode(newIp(), earlier?.code ?? "")).toMatchObject({
      value: { status: "superseded" },
    });
    expect(await findInvitationByCode(newIp(), latest?.code ?? "")).toMatchObject({
      value: { status: "pending" },
    });
  });

  test("an invitation that waited is accepted by its mailed link", async () => {
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

  test("events of the provider about emails of version 0.1.0 update them, their invitations and their members", async () => {
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

  test("the workers do the jobs that version 0.1.0 left in its queues, each once", async () => {
    const batchOf = async (to: string) =>
      (await db().emailMessage.findFirstOrThrow({ where: { toAddress: to, kind: "invitation" } })).batchId;
    const half = fact("half_finished_batch");
    // The job of one batch was begun by a worker that was killed; the job of the other was not begun.
    const [killed, fresh] = [await batchOf(at("abe")), await batchOf(at("fay"))];
    const began = new Date();
    const workers = await startWorkers();
    try {
      await vi.waitFor(
        async () => {
          const batches = { id: { in: [half, killed, fresh] }, closedAt: { not: null } };
          expect(await db().emailBatch.count({ where: batches })).toBe(3);
          // Zoe asked for a link to log in, and a visitor for one to an account that does not exist.
          expect(await db().magicLinkRequest.count()).toBe(0);
          expect(await emailOf(at("zoe"), "sign-in-link")).toMatchObject({ state: "sent" });
          expect(await emailOf(at("nell"), "request-confirmation")).toMatchObject({ state: "sent" });
          expect(await emailOf(at("remy"), "reminder")).toMatchObject({ state: "sent" });
          // What the hourly job removes: a session and an event about no email, both from long ago.
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
      [began],
    );
    expect(left).toEqual([]);
    const calls = await fromProvider<ProviderCall>("calls");
    const callsFor = (batch: string) =>
      calls.filter(({ key }) => key?.startsWith(batch)).map(({ key, hash }) => ({ key, hash }));
    // The very call that had no answer: the provider knows its key, and sends nothing twice.
    expect(callsFor(half)).toEqual([
      { key: fact("half_finished_call_key"), hash: fact("half_finished_call_sha256") },
    ]);
    expect(callsFor(fresh)).toEqual([{ key: `${fresh}:0`, hash: expect.any(String) }]);
    expect(callsFor(killed)).toEqual([{ key: `${killed}:0`, hash: expect.any(String) }]);
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
    // The last answer of the provider to version 0.1.0 was that it refuses everything.
    expect(await db().sendThrottle.findFirst()).toMatchObject({ providerError: null });
  }, 60_000);

  test("what repeats by itself is scheduled once, whatever its queue is called now", async () => {
    const { rows } = await old.client.query("SELECT cron FROM pgboss.schedule ORDER BY cron");
    expect(rows).toEqual([{ cron: "* * * * *" }, { cron: "17 * * * *" }]);
  });

  test("what version 0.1.0 put off stays put off until its time", async () => {
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

  test("a mailed link still logs in, once", async () => {
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

  test("a mailed link still gives a new password", async () => {
    const password = "also chosen after the upgrade";
    const code = await linkOf(at("nina"), "reset-password");
    expect(await resetPassword(newIp(), { code, password })).toMatchObject({ ok: true });
  });

  test("a mailed link still confirms an address", async () => {
    const lea = await signedIn("lea");
    expect(lea.confirmed).toBe(false);
    const code = await linkOf(at("lea"), "confirm-address");
    expect(await confirmAddress(newIp(), lea, { code })).toMatchObject({ ok: true });
    expect((await signedIn("lea")).confirmed).toBe(true);
  });

  test("a change of address still needs both mailboxes, and is done by their links", async () => {
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
