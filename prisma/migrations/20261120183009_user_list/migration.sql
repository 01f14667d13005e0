-- The list of users, built for a million of them (docs/decisions/0018-users-are-listed-from-their-own-row.md).

DROP INDEX "member_search";
DROP INDEX "member_by_email";
DROP INDEX "member_by_expiry";

-- How names are compared, whatever the locale of the database: without case and accents, so that João stands beside Joan.
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(lower(normalize($1, NFD)), '[\u0300-\u036f]', '', 'g');

-- What the list shows, filters and sorts by is on the member's own row, and what is sorted by is never null.
ALTER TABLE "member"
  ADD COLUMN "resend_count" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "policy_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  -- Name, then address; who has no name stands under the address. A space before the first word as before the others, so
  -- that one pattern finds where a word begins; a tab, which is less than a space, keeps Maria before Maria Alves.
  ADD COLUMN "listed_as" TEXT COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (' ' || CASE WHEN "name" = '' THEN "email" ELSE folded("name") || E'\t ' || "email" END) STORED,
  ADD COLUMN "role_rank" SMALLINT NOT NULL
    GENERATED ALWAYS AS (CASE "role" WHEN 'owner' THEN 1 WHEN 'admin' THEN 2 ELSE 3 END) STORED,
  -- Who is invited stands at their expiry: Invited and Invitation expired are two ranges of it, which only the clock tells
  -- apart. The others stand at moments long before any expiry.
  ADD COLUMN "standing" TIMESTAMPTZ(3) NOT NULL
    GENERATED ALWAYS AS (CASE "status" WHEN 'invited' THEN "invited_until" WHEN 'active' THEN to_timestamp(0)
                                       WHEN 'blocked' THEN to_timestamp(1) ELSE to_timestamp(2) END) STORED;
UPDATE "member" m SET "resend_count" = i."resend_count" FROM "invitation" i WHERE i."id" = m."invitation_id" AND i."resend_count" > 0;
UPDATE "member" m SET "policy_ids" = held."ids"
FROM (SELECT "member_id", array_agg("policy_id" ORDER BY "policy_id") AS "ids" FROM "member_policy" GROUP BY 1) held
WHERE m."id" = held."member_id";
-- The reference to the invitation is checked at the end of a transaction; while that is owed, no index can be made.
SET CONSTRAINTS ALL IMMEDIATE;

-- One index for each order of those who have a place. Equal roles, statuses and moments stand in the order of names, so
-- that each is its filter's index too, and carries what a search looks at.
CREATE INDEX "member_by_name" ON "member" ("organization_id", "listed_as", "id") WHERE "status" <> 'removed';
CREATE INDEX "member_by_role" ON "member" ("organization_id", "role_rank", "listed_as", "id") WHERE "status" <> 'removed';
CREATE INDEX "member_by_status" ON "member" ("organization_id", "standing", "listed_as", "id") WHERE "status" <> 'removed';
CREATE INDEX "member_by_activity" ON "member" ("organization_id", "last_active_at", "listed_as", "id") WHERE "status" <> 'removed';
-- The filters that are no range of these.
CREATE INDEX "member_removed" ON "member" ("organization_id", "listed_as", "id") WHERE "status" = 'removed';
CREATE INDEX "member_without_policy" ON "member" ("organization_id", "listed_as", "id")
  WHERE "status" <> 'removed' AND "role_rank" = 3 AND "policy_ids" = '{}';
CREATE INDEX "member_search" ON "member" USING GIN ("listed_as" gin_trgm_ops);

-- Whoever gives or takes policies, by whatever statement, keeps the copy on the member: no command can forget it.
CREATE FUNCTION note_policies() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE members uuid[] := ARRAY(SELECT DISTINCT member_id FROM changed);
BEGIN
  IF members = '{}' THEN RETURN NULL; END IF;
  -- The lock first, what they hold by now in the next statement: of two who take policies at once each sees the other.
  PERFORM FROM member WHERE id = ANY (members) ORDER BY email COLLATE "C" FOR NO KEY UPDATE;
  UPDATE member m SET policy_ids = ARRAY(
    SELECT policy_id FROM member_policy WHERE organization_id = m.organization_id AND member_id = m.id ORDER BY policy_id)
  WHERE m.id = ANY (members);
  RETURN NULL;
END $$;
CREATE TRIGGER "policies_given" AFTER INSERT ON "member_policy" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_policies();
CREATE TRIGGER "policies_taken" AFTER DELETE ON "member_policy" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_policies();
