import { db } from "@/lib/db/client";

/** All rows about one address in one organization. Timestamps are text, as PostgreSQL formats them. */
export type PersonSnapshot = {
  members: MemberRecord[];
  invitations: InvitationRecord[];
  emails: EmailRecord[];
  timeline: ActivityEntry[];
  requests: RequestRecord[];
  accounts: { id: string; verified_at: string | null }[];
};

export type MemberRecord = {
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

export type InvitationRecord = {
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

/** `jobs`: the number of queued jobs for its batch. */
export type EmailRecord = {
  id: string;
  kind: string;
  state: string;
  invitation_id: string | null;
  jobs: number;
};

export type RequestRecord = {
  id: string;
  status: "unconfirmed" | "pending" | "approved" | "dismissed";
  confirmed_at: string | null;
};

/** `invitation_id`: null if the entry is about the membership. */
export type ActivityEntry = { type: string; invitation_id: string | null; at: string };

/** One address in one organization. */
export type PersonKey = { organization: string; email: string };

/**
 * Reads the snapshots of these people, in the same order, in one statement so that all rows are from the same moment.
 */
export async function readSnapshots(people: readonly PersonKey[]): Promise<PersonSnapshot[]> {
  const rows = await db().$queryRaw<{ snapshot: PersonSnapshot }[]>`
    SELECT jsonb_build_object(
      'members', (SELECT coalesce(jsonb_agg(m), '[]') FROM member m
        WHERE m.organization_id = p.organization AND m.email = p.email),
      'invitations', (SELECT coalesce(jsonb_agg(i ORDER BY i.created_at), '[]') FROM invitation i
        WHERE i.organization_id = p.organization AND i.email = p.email),
      'emails', (SELECT coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('jobs',
          (SELECT count(*) FROM pgboss.job j WHERE j.data->>'batch' = e.batch_id::text))), '[]') FROM email_message e
        WHERE e.organization_id = p.organization AND e.to_address = p.email),
      'timeline', (SELECT coalesce(jsonb_agg(a ORDER BY a.id), '[]') FROM activity a
        JOIN member m ON m.id = a.member_id
        WHERE a.organization_id = p.organization AND m.organization_id = p.organization AND m.email = p.email),
      'requests', (SELECT coalesce(jsonb_agg(r), '[]') FROM invitation_request r
        WHERE r.organization_id = p.organization AND r.email = p.email),
      'accounts', (SELECT coalesce(jsonb_agg(a), '[]') FROM account a WHERE a.email = p.email)) AS snapshot
    FROM unnest(${people.map(({ organization }) => organization)}::uuid[], ${people.map(({ email }) => email)}::text[])
      WITH ORDINALITY AS p(organization, email, position) ORDER BY position`;
  return rows.map(({ snapshot }) => snapshot);
}

/** Creates an index on the jobs' batch: the races leave about 100,000 jobs, which no worker processes. */
export async function indexJobs(): Promise<void> {
  await db().$executeRaw`CREATE INDEX IF NOT EXISTS races_job_batch ON pgboss.job ((data->>'batch'))`;
}

/** Counts rows without their counterpart: batches without exactly one job or without emails, and jobs without a batch. */
export async function countOrphans(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT (
      (SELECT count(*) FROM email_batch b
       WHERE (SELECT count(*) FROM pgboss.job j WHERE j.data->>'batch' = b.id::text) <> 1
          OR NOT EXISTS (SELECT FROM email_message e WHERE e.batch_id = b.id))
      + (SELECT count(*) FROM pgboss.job j
         WHERE j.name = 'emails' AND NOT EXISTS (SELECT FROM email_batch b WHERE b.id::text = j.data->>'batch'))
    )::int AS count`;
  return row?.count ?? 0;
}

/** Counts the open connections to the database, except the one that runs this query. */
export async function countConnections(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  return row?.count ?? 0;
}
