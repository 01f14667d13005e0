import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { createOldDatabase, describeSchema, type OldDatabase, readAllRows, type StoredRow } from "./fixture";

/** A table after the upgrade: its name, and its columns as `name`, or as `old>new` if they were renamed. */
type UpgradedTable = { to: string; columns: string };

/** Every table of version 0.1.0. */
const TABLES: Record<string, UpgradedTable> = {
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

/** The values that the upgrade changes, by table and column of version 0.1.0. */
const CHANGED_VALUES: Record<string, Record<string, unknown>> = {
  "activity.what": {
    founded: "organization-created",
    asked: "requested",
    "letters-allowed": "emails-allowed",
  },
};

/** The values of the columns that the upgrade adds, by table of version 0.1.0. */
const ADDED_VALUES: Record<string, Record<string, unknown>> = {
  account: { language: null },
  invitation: { language: "en", name: "" },
  invitation_request: { language: "en" },
  organization: { language: "en", time_zone: "UTC" },
};

/** Columns that are null in every row: setup consumes the token. */
const EMPTY_COLUMNS = ["installation.setup_digest"];

function columnsOf(table: string): { old: string; now: string }[] {
  return (TABLES[table]?.columns.split(" ") ?? []).map((column) => {
    const [old = "", now = old] = column.split(">");
    return { old, now };
  });
}

/** Returns the row that the upgrade must make of a row of version 0.1.0. */
function expectedRow(table: string, row: StoredRow): StoredRow {
  const kept = Object.fromEntries(
    columnsOf(table).map(({ old, now }) => {
      const values = CHANGED_VALUES[`${table}.${old}`] ?? {};
      const value = row[old];
      return [now, typeof value === "string" && Object.hasOwn(values, value) ? values[value] : value];
    }),
  );
  return { ...kept, ...ADDED_VALUES[table] };
}

describe("upgrading a database of version 0.1.0", () => {
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

  test("the test data has a row in every table and a value in every column, and TABLES lists them all", () => {
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

  test("the upgrade creates no table that TABLES does not list", () => {
    expect(Object.keys(after).sort()).toEqual(
      Object.values(TABLES)
        .map(({ to }) => to)
        .sort(),
    );
  });

  test.for(Object.entries(TABLES))("every row of %s keeps every value", ([table, { to }]) => {
    expect(after[to]).toEqual(before[table]?.map((row) => expectedRow(table, row)));
  });

  test("the ids of the activity log continue from the last one", async () => {
    const { rows } = await old.client.query(
      "SELECT nextval(pg_get_serial_sequence('activity', 'id')) AS id, max(id) + 1 AS next FROM activity",
    );
    expect(rows[0].id).toBe(rows[0].next);
  });

  test("a second upgrade has no migrations to apply", async () => {
    expect(await old.upgrade()).toEqual([]);
  });
});

describe("an upgrade whose last statement fails", () => {
  let old: OldDatabase;

  beforeAll(async () => {
    old = await createOldDatabase();
  });
  afterAll(() => old.drop());

  test("leaves schema and rows unchanged; version 0.1.0 still starts, and a later upgrade succeeds", async () => {
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
