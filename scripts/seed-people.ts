import { randomUUID } from "node:crypto";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { connectionPool } from "@/lib/db/client";
import { deriveInvitationCode } from "@/lib/links/invitation-link";

const BATCH_SIZE = 20_000;

const FIRST_NAMES =
  "ada ali amir ana anton aya ben bea carla chen clara dan dara david dina elif elena emil emma eva farid felix finn greta hana hugo ida ines iris ivan jan jana jonas jun kai karl lara lea leo lena lina liv luca maja malik mara marco maria mateo mia mila mina nadia nina noah noor nora olga omar oscar otto paul petra pia priya rania ravi rosa ruth sami sara selma simon sofia sven tara theo tim tom uma vera viktor wei yara yuki yusuf zoe";
const LAST_NAMES =
  "abadi adler ahmed alvarez andersen arias bach baker barros bauer becker berg bianchi blom boateng braun bruno castro cohen costa cruz dahl diaz duarte dubois eriksen evans ferrari fischer fontana fraser fuchs garcia gomez greco gruber haas haddad hansen hartmann hassan herrera holm horvat ibrahim ito ivanova jansen jensen kaya keller khan kim klein kovac kowalski kruger lang larsen laurent lehmann lind lombardi lopez maier marin martin mendes meyer mori moreau muller nagy nair navarro nguyen nilsen novak nowak ochoa okafor olsen ortega otten park patel pavlov peeters perez petrov pinto popov quinn ramos reis reyes ricci rivera romano rossi roth ruiz saito santos sato schmid schneider schulz serra silva simic singh smit sokolov sousa stein suzuki tanaka torres tran vargas vega vidal visser vogel wagner walker wang weber winter wolf wong yamada yilmaz young zhang ziegler zimmer";
const DOMAINS =
  "northwind.example fabrikam.example contoso.example tailspin.example litware.example adatum.example wingtip.example proseware.example";

/**
 * Inserts `count` made-up people with their invitations into an organization, as after two years of use. Every status,
 * delivery, role and number of resends has a realistic share. Rare values test filters: 3 bounced, 2 declined, 5
 * blocked, 4 Owners, 5 invited by the last of `inviters`. One person in 20 has an earlier invitation, 3 in 10 have an
 * access policy, and users were last active within the last half year. The same `count` always creates the same people;
 * `label` makes their addresses different. The codes are valid.
 */
export async function seedPeople(
  organizationId: string,
  inviters: readonly string[],
  { count, label = "" }: { count: number; label?: string },
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const client = await connectionPool().connect();
  try {
    await client.query("SET synchronous_commit = off");
    for (let from = 0; from < count; from += BATCH_SIZE) {
      const size = Math.min(BATCH_SIZE, count - from);
      const invitations = Array.from({ length: size }, () => randomUUID());
      const digests = invitations.map((id) => sha256(deriveInvitationCode(currentKey(), id)));
      const members = invitations.map(() => randomUUID());
      await client.query(INSERT_PEOPLE, [
        organizationId,
        inviters,
        currentKey().id,
        from,
        members,
        invitations,
        digests,
        FIRST_NAMES.split(" "),
        LAST_NAMES.split(" "),
        DOMAINS.split(" "),
        label,
      ]);
      await client.query(INSERT_POLICIES, [organizationId, from, members]);
      onProgress(from + size);
    }
  } finally {
    await client.query("RESET synchronous_commit");
    client.release();
  }
}

// h1 to h4 are independent hashes of a person's number, from 0 to 9999. People with the same `batch` were invited together.
const INSERT_PEOPLE = `
  WITH number AS (
    SELECT $4::bigint + at - 1 AS n, member_id, invitation_id, digest
    FROM unnest($5::uuid[], $6::uuid[], $7::bytea[]) WITH ORDINALITY AS t(member_id, invitation_id, digest, at)),
  hashed AS (
    SELECT *, (hashint8(n)::bigint & 2147483647) % 10000 AS h1, (hashint8(n + 1000000007)::bigint & 2147483647) % 10000 AS h2,
           (hashint8(n + 2000000011)::bigint & 2147483647) % 10000 AS h3, (hashint8(n + 3000000019)::bigint & 2147483647) % 10000 AS h4,
           hashint8(n / 40)::bigint & 2147483647 AS batch,
           CASE WHEN n BETWEEN 20 AND 49 THEN 'pending' WHEN n IN (10, 11) THEN 'declined'
                WHEN n BETWEEN 12 AND 16 THEN 'accepted' END AS rare
    FROM number),
  drawn AS (
    SELECT *, coalesce(rare, CASE WHEN h1 < 2600 THEN 'pending' WHEN h1 < 6200 THEN 'expired' WHEN h1 < 9600 THEN 'accepted'
                                  ELSE 'revoked' END) AS outcome,
           initcap(($8::text[])[1 + h2 % array_length($8::text[], 1)]) AS first,
           initcap(($9::text[])[1 + (h3 * 7 + n) % array_length($9::text[], 1)]) AS last
    FROM hashed),
  addressed AS (
    SELECT *, first || ' ' || last AS name,
           lower(first || '.' || last || n || $11::text || '@') || ($10::text[])[1 + h4 % array_length($10::text[], 1)] AS email,
           date_trunc('milliseconds', now()) - make_interval(secs => CASE WHEN outcome = 'pending' THEN 60 + batch % 600000
             ELSE 605000 + batch % 62000000 END) AS sent,
           CASE WHEN outcome IN ('accepted', 'revoked', 'declined') THEN outcome END AS settled_as,
           CASE WHEN n BETWEEN 30 AND 33 THEN 'owner' WHEN h2 < 300 THEN 'admin' ELSE 'member' END AS role,
           ($2::uuid[])[CASE WHEN n BETWEEN 40 AND 44 THEN array_length($2::uuid[], 1)
             ELSE 1 + floor((array_length($2::uuid[], 1) - 1) * power(h3 / 10000.0, 3))::int END] AS inviter,
           CASE WHEN h4 < 7000 THEN 0 WHEN h4 < 8800 THEN 1 WHEN h4 < 9600 THEN 2 ELSE 3 END AS resends,
           CASE WHEN n BETWEEN 20 AND 22 THEN 'bounced' WHEN h3 < 50 THEN 'failed' WHEN h3 < 70 THEN 'complained'
                WHEN h3 < 80 THEN 'unknown' WHEN h3 < 100 THEN 'queued' WHEN h3 < 400 THEN 'delayed' WHEN h3 < 900 THEN 'kept'
                WHEN h3 < 1900 THEN 'sent' ELSE 'delivered' END AS delivery
    FROM drawn),
  person AS (
    SELECT *, CASE delivery WHEN 'bounced' THEN 'mailbox does not exist' WHEN 'kept' THEN 'no email provider'
                            WHEN 'delayed' THEN 'the mailbox is full' END AS detail
    FROM addressed),
  joined AS (
    INSERT INTO account (email, name, verified_at) SELECT email, name, sent FROM person WHERE outcome = 'accepted'
    RETURNING id, email),
  inserted_member AS (
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, invitation_id, invited_until, granted_by,
                        address_confirmed, joined_at, last_active_at, resend_count, delivery, delivery_detail)
    SELECT p.member_id, $1::uuid, p.email, CASE WHEN outcome = 'accepted' THEN name ELSE '' END, j.id,
           CASE outcome WHEN 'accepted' THEN CASE WHEN n BETWEEN 12 AND 16 THEN 'blocked' ELSE 'active' END WHEN 'pending' THEN 'invited' WHEN 'expired' THEN 'invited'
                        ELSE 'removed' END, role, invitation_id,
           CASE WHEN settled_as IS NULL THEN sent + interval '7 days' END, inviter, outcome = 'accepted',
           CASE WHEN outcome = 'accepted' THEN sent + interval '5 hours' END,
           CASE WHEN outcome = 'accepted' THEN greatest(sent + interval '5 hours',
             date_trunc('milliseconds', now()) - make_interval(secs => h1 * 1600.0 + h4 / 10.0)) ELSE to_timestamp(0) END,
           resends, delivery, detail
    FROM person p LEFT JOIN joined j ON j.email = p.email),
  earlier AS (
    INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at, issued_at,
                            expires_at, settled_as, settled_at, delivery, latest)
    SELECT id, $1::uuid, member_id, email, role, inviter, $3::smallint, sha256(uuid_send(id)), sent - interval '30 days',
           sent - interval '30 days', sent - interval '23 days', 'superseded', sent, 'delivered', false
    FROM (SELECT *, gen_random_uuid() AS id FROM person WHERE n % 20 = 0) with_earlier)
  INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at, issued_at,
                          expires_at, resend_count, settled_as, settled_at, decline_reason, delivery, delivery_detail)
  SELECT invitation_id, $1::uuid, member_id, email, role, inviter, $3::smallint, digest, sent, sent, sent + interval '7 days',
         resends, settled_as, CASE WHEN settled_as IS NOT NULL THEN sent + interval '5 hours' END,
         CASE WHEN outcome = 'declined' THEN 'I have moved to another team.' END, delivery, detail
  FROM person`;

const INSERT_POLICIES = `
  INSERT INTO member_policy (organization_id, member_id, policy_id)
  SELECT $1::uuid, member_id, policies.ids[1 + (h / 10000) % array_length(policies.ids, 1)]
  FROM (SELECT member_id, hashint8($2::bigint + at + 4000000007)::bigint & 2147483647 AS h
        FROM unnest($3::uuid[]) WITH ORDINALITY AS t(member_id, at)) hashed,
       (SELECT array_agg(id ORDER BY name) AS ids FROM policy WHERE organization_id = $1::uuid) policies
  WHERE h % 10000 < 3000`;
