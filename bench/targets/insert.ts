import { createHash, randomUUID } from "node:crypto";
import pg from "pg";

export type BareInsert = Awaited<ReturnType<typeof openBareInsert>>;

/**
 * Opens the lower bound for any application: one INSERT of one or many rows, committed to disk, on one connection, with the
 * indexes that invitations need.
 */
export async function openBareInsert(databaseUrl: string) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(`
    CREATE TABLE invitation (id uuid PRIMARY KEY, organization_id uuid NOT NULL, email text NOT NULL, role text NOT NULL,
                             code_digest bytea NOT NULL UNIQUE, expires_at timestamptz NOT NULL,
                             UNIQUE (organization_id, email))`);
  const organization = randomUUID();
  return {
    async insert(addresses: readonly string[]): Promise<void> {
      const ids = addresses.map(() => randomUUID());
      await client.query({
        name: "insert",
        text: `INSERT INTO invitation SELECT id, $1, email, 'member', digest, clock_timestamp() + interval '7 days'
               FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS t(id, email, digest)`,
        values: [organization, ids, addresses, ids.map((id) => createHash("sha256").update(id).digest())],
      });
    },
    count: async () => Number((await client.query("SELECT count(*) FROM invitation")).rows[0].count),
    stop: () => client.end(),
  };
}
