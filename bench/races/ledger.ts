import { db } from "@/lib/db/client";

/** Everything the database holds about one address of one organization, as it lies there. Times are the database's own words. */
export type Ledger = {
  members: MemberRow[];
  invitations: InvitationRow[];
  letters: LetterRow[];
  timeline: Entry[];
  requests: RequestRow[];
  accounts: { id: string; verified_at: string | null }[];
};

export type MemberRow = {
  id: string;
  status: "invited" | "active" | "blocked" | "removed";
  role: "owner" | "admin" | "member";
  version: number;
  invitation_id: string | null;
  invited_until: string | null;
  resend_count: number;
  delivery: string | null;
  delivery_detail: string | null;
  account_id: string | null;
  joined_at: string | null;
};

export type InvitationRow = {
  id: string;
  member_id: string;
  settled_as: "accepted" | "declined" | "revoked" | "superseded" | null;
  settled_at: string | null;
  expires_at: string;
  resend_count: number;
  delivery: string;
  delivery_detail: string | null;
  email_message_id: string;
};

/** `jobs`: how many jobs of the queue carry its batch. */
export type LetterRow = {
  id: string;
  kind: string;
  state: string;
  invitation_id: string | null;
  jobs: number;
};

export type RequestRow = {
  id: string;
  status: "unconfirmed" | "pending" | "approved" | "dismissed";
  confirmed_at: string | null;
};

/** `invitation_id`: null where it is about the person's place alone. */
export type Entry = { type: string; invitation_id: string | null; at: string };

/** One address in one organization. */
export type Place = { organization: string; email: string };

/** Reads the ledgers of these places, in their order. One statement, so all of it is of the same moment. */
export async function readLedgers(places: readonly Place[]): Promise<Ledger[]> {
  const rows = await db().$queryRaw<{ ledger: Ledger }[]>`
    SELECT jsonb_build_object(
      'members', (SELECT coalesce(jsonb_agg(m), '[]') FROM member m
        WHERE m.organization_id = e.organization AND m.email = e.email),
      'invitations', (SELECT coalesce(jsonb_agg(i ORDER BY i.created_at), '[]') FROM invitation i
        WHERE i.organization_id = e.organization AND i.email = e.email),
      'letters', (SELECT coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('jobs',
          (SELECT count(*) FROM pgboss.job j WHERE j.data->>'batch' = l.batch_id::text))), '[]') FROM email_message l
        WHERE l.organization_id = e.organization AND l.to_address = e.email),
      'timeline', (SELECT coalesce(jsonb_agg(a ORDER BY a.id), '[]') FROM activity a
        JOIN member m ON m.id = a.member_id
        WHERE a.organization_id = e.organization AND m.organization_id = e.organization AND m.email = e.email),
      'requests', (SELECT coalesce(jsonb_agg(r), '[]') FROM invitation_request r
        WHERE r.organization_id = e.organization AND r.email = e.email),
      'accounts', (SELECT coalesce(jsonb_agg(a), '[]') FROM account a WHERE a.email = e.email)) AS ledger
    FROM unnest(${places.map((one) => one.organization)}::uuid[], ${places.map((one) => one.email)}::text[])
      WITH ORDINALITY AS e(organization, email, turn) ORDER BY turn`;
  return rows.map(({ ledger }) => ledger);
}

/** So that a job is found by its batch among the hundred thousand that nobody works on here. */
export async function indexJobs(): Promise<void> {
  await db().$executeRaw`CREATE INDEX IF NOT EXISTS races_job_batch ON pgboss.job ((data->>'batch'))`;
}

/** What belongs together in the whole database and is not: batches without exactly one job, jobs and letters without a batch. */
export async function strays(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT (
      (SELECT count(*) FROM email_batch b
       WHERE (SELECT count(*) FROM pgboss.job j WHERE j.data->>'batch' = b.id::text) <> 1
          OR NOT EXISTS (SELECT FROM email_message l WHERE l.batch_id = b.id))
      + (SELECT count(*) FROM pgboss.job j
         WHERE j.name = 'letters' AND NOT EXISTS (SELECT FROM email_batch b WHERE b.id::text = j.data->>'batch'))
    )::int AS count`;
  return row?.count ?? 0;
}

/** The connections of the players that the server holds right now, without the one that asks. */
export async function countConnections(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  return row?.count ?? 0;
}
