-- The list of invitations, built for a million of them (docs/decisions/0016-the-list-walks-an-index.md).

-- Each person's latest invitation, whatever became of it; the list shows no other. Before the indexes, so that they are built once.
ALTER TABLE "invitation" ADD COLUMN "latest" BOOLEAN NOT NULL DEFAULT true;
UPDATE "invitation" i SET "latest" = false
FROM "member" m WHERE m."id" = i."member_id" AND m."invitation_id" IS DISTINCT FROM i."id";
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_open_is_latest" CHECK ("latest" OR "settled_as" IS NOT NULL);
-- One latest a person, and so, by the check above, at most one open one: this takes the place of invitation_open.
CREATE UNIQUE INDEX "invitation_latest" ON "invitation" ("member_id") WHERE "latest";
DROP INDEX "invitation_open";

DROP INDEX "invitation_organization_id_email_id_idx";
DROP INDEX "invitation_organization_id_issued_at_id_idx";

-- The open ones, which the list shows unless asked for others: one index for each order. Equal roles and equal numbers of
-- resends stand in the order of expiry, so that the same index serves the filter by role.
CREATE INDEX "invitation_by_email" ON "invitation" ("organization_id", "email", "id") WHERE "settled_as" IS NULL;
CREATE INDEX "invitation_by_role" ON "invitation" ("organization_id", "role", "expires_at", "id") WHERE "settled_as" IS NULL;
CREATE INDEX "invitation_by_resends" ON "invitation" ("organization_id", "resend_count", "expires_at", "id") WHERE "settled_as" IS NULL;
CREATE INDEX "invitation_by_sent" ON "invitation" ("organization_id", "issued_at", "id") WHERE "settled_as" IS NULL;
-- The order of expiry is the usual one. It carries the addresses, so that a search can walk it without opening the rows;
-- pending and expired are ranges of it.
DROP INDEX "invitation_by_expiry";
CREATE INDEX "invitation_by_expiry" ON "invitation" ("organization_id", "expires_at", "id") INCLUDE ("email") WHERE "settled_as" IS NULL;
CREATE INDEX "invitation_all" ON "invitation" ("organization_id", "expires_at", "id") INCLUDE ("email") WHERE "latest";
-- The filters, in the order of expiry.
CREATE INDEX "invitation_by_delivery" ON "invitation" ("organization_id", "delivery", "expires_at", "id") WHERE "settled_as" IS NULL;
-- Over all, because settled ones have an inviter to choose too; the open ones of each stand together.
CREATE INDEX "invitation_by_inviter" ON "invitation" ("organization_id", "inviter_id", ("settled_as" IS NULL), "expires_at", "id") WHERE "latest";
CREATE INDEX "invitation_settled" ON "invitation" ("organization_id", "settled_as", "expires_at", "id") WHERE "latest" AND "settled_as" IS NOT NULL;
