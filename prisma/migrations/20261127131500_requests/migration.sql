-- Requests: asked on the login page or with an expired invitation, confirmed, listed, answered.

-- DropIndex
DROP INDEX "invitation_request_organization_id_created_at_id_idx";

-- AlterTable
ALTER TABLE "invitation_request"
  ADD COLUMN "invitation_id" UUID,
  ADD COLUMN "proposed_policies" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  ADD COLUMN "stale" BOOLEAN NOT NULL DEFAULT false,
  -- Address and name, as they are searched: a space before each word, so that one pattern finds where one begins.
  ADD COLUMN "listed_as" TEXT COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (' ' || "email" || E'\t ' || folded("name")) STORED,
  ALTER COLUMN "status" SET DEFAULT 'received';

-- `received`: posted, and not looked at yet. An expired invitation may have promised an Owner's place.
ALTER TABLE "invitation_request"
  DROP CONSTRAINT "invitation_request_status",
  DROP CONSTRAINT "invitation_request_role",
  ADD CONSTRAINT "invitation_request_status"
    CHECK ("status" IN ('received', 'unconfirmed', 'pending', 'approved', 'dismissed')),
  ADD CONSTRAINT "invitation_request_role" CHECK ("proposed_role" IN ('owner', 'admin', 'member')),
  ADD CONSTRAINT "invitation_request_confirmed" CHECK ("status" <> 'pending' OR "confirmed_at" IS NOT NULL),
  ADD CONSTRAINT "invitation_request_settled" CHECK (("status" IN ('approved', 'dismissed')) = ("settled_at" IS NOT NULL));

-- CreateIndex
CREATE INDEX "invitation_request_organization_id_email_idx" ON "invitation_request"("organization_id", "email");

-- CreateIndex
CREATE INDEX "request_search" ON "invitation_request" USING GIN ("listed_as" gin_trgm_ops);

-- The list: each order of the open ones, and each filter in the usual order (decision 0016). They carry what is searched.
CREATE INDEX "request_by_time" ON "invitation_request" ("organization_id", "created_at", "id") INCLUDE ("listed_as") WHERE "status" = 'pending';
CREATE INDEX "request_by_email" ON "invitation_request" ("organization_id", "email", "id") INCLUDE ("listed_as") WHERE "status" = 'pending';
CREATE INDEX "request_by_standing" ON "invitation_request" ("organization_id", "stale", "created_at", "id") INCLUDE ("listed_as")
  WHERE "status" = 'pending';
CREATE INDEX "request_answered" ON "invitation_request" ("organization_id", "status", "created_at", "id") INCLUDE ("listed_as")
  WHERE "status" IN ('approved', 'dismissed');
CREATE INDEX "request_all" ON "invitation_request" ("organization_id", "created_at", "id") INCLUDE ("listed_as")
  WHERE "status" IN ('pending', 'approved', 'dismissed');
-- How many of an organization wait to be confirmed.
CREATE INDEX "request_unconfirmed" ON "invitation_request" ("organization_id", "created_at") WHERE "status" IN ('received', 'unconfirmed');

-- Whoever comes in, by whatever way, makes an open request of theirs stale, and whoever loses the place makes it one again
-- (R E4): no command can forget it.
UPDATE "invitation_request" r SET "stale" = true FROM "member" m
WHERE m."organization_id" = r."organization_id" AND m."email" = r."email" AND m."status" IN ('active', 'blocked');
CREATE FUNCTION note_stale_requests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE invitation_request SET stale = NEW.status IN ('active', 'blocked')
  WHERE organization_id = NEW.organization_id AND email = NEW.email AND status IN ('received', 'unconfirmed', 'pending');
  RETURN NULL;
END $$;
CREATE TRIGGER "came_in" AFTER INSERT ON "member" FOR EACH ROW
  WHEN (NEW."status" IN ('active', 'blocked')) EXECUTE FUNCTION note_stale_requests();
CREATE TRIGGER "came_or_went" AFTER UPDATE OF "status" ON "member" FOR EACH ROW
  WHEN ((OLD."status" IN ('active', 'blocked')) <> (NEW."status" IN ('active', 'blocked'))) EXECUTE FUNCTION note_stale_requests();
