import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateDatabase, readMigrations } from "./migrate";

let folder: string;
let url: string;
let client: pg.Client;
let name: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "foyer-migrations-"));
  name = `scratch_${randomBytes(6).toString("hex")}`;
  await runOnServer(`CREATE DATABASE ${name}`);
  const address = new URL(process.env.TEST_DATABASE_URL ?? "");
  address.pathname = name;
  url = address.href;
  client = new pg.Client(url);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await runOnServer(`DROP DATABASE ${name} WITH (FORCE)`);
  await rm(folder, { recursive: true });
});

async function runOnServer(sql: string): Promise<void> {
  const server = new pg.Client(process.env.TEST_DATABASE_URL);
  await server.connect();
  await server.query(sql).finally(() => server.end());
}

async function writeMigration(migration: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, migration), { recursive: true });
  await writeFile(path.join(folder, migration, "migration.sql"), sql);
}

test("migrations are applied in order, once, and recorded as Prisma records them", async () => {
  await writeMigration("2_rooms", "ALTER TABLE building ADD COLUMN rooms int;");
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  expect(await migrateDatabase(url, folder)).toEqual(["1_building", "2_rooms"]);
  expect(await migrateDatabase(url, folder)).toEqual([]);
  const { rows } = await client.query(
    "SELECT migration_name, checksum, finished_at IS NOT NULL AS done, applied_steps_count FROM _prisma_migrations ORDER BY 1",
  );
  const [building, rooms] = await readMigrations(folder);
  expect(rows).toEqual([
    { migration_name: "1_building", checksum: building?.checksum, done: true, applied_steps_count: 1 },
    { migration_name: "2_rooms", checksum: rooms?.checksum, done: true, applied_steps_count: 1 },
  ]);
});

test("eight concurrent starts apply a migration once", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int); SELECT pg_sleep(0.2);");
  await writeMigration("2_rooms", "ALTER TABLE building ADD COLUMN rooms int;");
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrateDatabase(url, folder)));
  expect(applied.flat().sort()).toEqual(["1_building", "2_rooms"]);
});

test("if a migration fails, nothing of the upgrade stays, and a later one applies all", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await writeMigration("2_broken", "CREATE TABLE shed (id int); ALTER TABLE nowhere ADD COLUMN x int;");
  await expect(migrateDatabase(url, folder)).rejects.toThrow(/2_broken failed and was rolled back.*nowhere/);
  const { rows } = await client.query(
    "SELECT to_regclass('building') AS building, to_regclass('shed') AS shed",
  );
  expect(rows).toEqual([{ building: null, shed: null }]);
  await writeMigration("2_broken", "CREATE TABLE shed (id int);");
  expect(await migrateDatabase(url, folder)).toEqual(["1_building", "2_broken"]);
});

test("an edited migration prevents startup, and the message says what to do", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await migrateDatabase(url, folder);
  await writeMigration("1_building", "CREATE TABLE building (id bigint);");
  await expect(migrateDatabase(url, folder)).rejects.toThrow(
    /1_building was edited .*git checkout [\s\S]*npm run migration/,
  );
});

test("an unfinished migration prevents startup, and the message says what to do", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await migrateDatabase(url, folder);
  await client.query("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrateDatabase(url, folder)).rejects.toThrow(
    /1_building started at .* did not finish[\s\S]*rolled_back_at/,
  );
});

test("an unfinished migration that was marked as rolled back is applied again", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await migrateDatabase(url, folder);
  await client.query(
    "DROP TABLE building; UPDATE _prisma_migrations SET finished_at = NULL, rolled_back_at = now()",
  );
  expect(await migrateDatabase(url, folder)).toEqual(["1_building"]);
});

test("a database of a newer Foyer is refused", async () => {
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await writeMigration("2_later", "CREATE TABLE later (id int);");
  await migrateDatabase(url, folder);
  await rm(path.join(folder, "2_later"), { recursive: true });
  await expect(migrateDatabase(url, folder)).rejects.toThrow(/2_later from a newer Foyer/);
});

test("a database with another application's tables is refused and not changed", async () => {
  await client.query("CREATE TABLE their_orders (id int)");
  await writeMigration("1_building", "CREATE TABLE building (id int);");
  await expect(migrateDatabase(url, folder)).rejects.toThrow(/another application, such as their_orders/);
  const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  expect(rows).toEqual([{ tablename: "their_orders" }]);
});

test("the real migrations apply to an empty database", async () => {
  const real = await readdir("prisma/migrations", { withFileTypes: true });
  const names = real.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(await migrateDatabase(url, "prisma/migrations")).toEqual(names.sort());
});

test("C9 the migration for the invitation list marks each person's latest invitation", async () => {
  const first = "20261120000000_foyer";
  await cp(path.join("prisma/migrations", first), path.join(folder, first), { recursive: true });
  await migrateDatabase(url, folder);
  await client.query(`
    BEGIN;
    INSERT INTO organization (id, slug, name) VALUES ('00000000-0000-4000-8000-000000000001', 'northwind', 'Northwind');
    INSERT INTO member (id, organization_id, email, status, role, invitation_id, invited_until)
      SELECT format('00000000-0000-4000-8000-00000000001%s', n)::uuid, '00000000-0000-4000-8000-000000000001', n || '@people.test',
             'invited', 'member', format('00000000-0000-4000-8000-00000000002%s', n)::uuid, now()
      FROM generate_series(1, 2) n;
    INSERT INTO invitation (id, organization_id, member_id, email, role, key_id, code_digest, expires_at, settled_as, settled_at)
      SELECT format('00000000-0000-4000-8000-0000000000%s', age || n)::uuid, organization_id, id, email, role, 1,
             sha256((age || n)::bytea), now(), CASE age WHEN '3' THEN 'superseded' END, CASE age WHEN '3' THEN now() END
      FROM member, generate_series(1, 2) n, unnest(ARRAY['2', '3']) age WHERE email = n || '@people.test';
    COMMIT`);
  await migrateDatabase(url, "prisma/migrations");
  const { rows } = await client.query("SELECT right(id::text, 2) AS id, latest FROM invitation ORDER BY id");
  expect(rows).toEqual([
    { id: "21", latest: true },
    { id: "22", latest: true },
    { id: "31", latest: false },
    { id: "32", latest: false },
  ]);
});

test("B8 the migration for the user list copies policies, resends and delivery to each row", async () => {
  for (const name of ["20261120000000_foyer", "20261120163034_invitation_lists"])
    await cp(path.join("prisma/migrations", name), path.join(folder, name), { recursive: true });
  await migrateDatabase(url, folder);
  await client.query(`
    BEGIN;
    INSERT INTO organization (slug, name) VALUES ('northwind', 'Northwind');
    INSERT INTO policy (organization_id, name, permissions) SELECT id, n, '{}' FROM organization, unnest(ARRAY['A', 'B']) n;
    INSERT INTO member (id, organization_id, email, status, role, invitation_id, invited_until)
      SELECT gen_random_uuid(), id, 'lea@people.test', 'invited', 'member', gen_random_uuid(), now() FROM organization;
    INSERT INTO invitation (id, organization_id, member_id, email, role, key_id, code_digest, expires_at, resend_count,
                            delivery, delivery_detail)
      SELECT invitation_id, organization_id, id, email, role, 1, sha256('lea'), invited_until, 2, 'bounced', 'no such mailbox'
      FROM member;
    INSERT INTO member_policy (organization_id, member_id, policy_id)
      SELECT m.organization_id, m.id, p.id FROM member m, policy p;
    COMMIT`);
  await migrateDatabase(url, "prisma/migrations");
  const { rows } = await client.query(
    `SELECT resend_count, delivery, delivery_detail, policy_ids = ARRAY(SELECT id FROM policy ORDER BY id) AS policies, sort_name
     FROM member`,
  );
  expect(rows).toEqual([
    {
      resend_count: 2,
      delivery: "bounced",
      delivery_detail: "no such mailbox",
      policies: true,
      sort_name: " lea@people.test",
    },
  ]);
});
