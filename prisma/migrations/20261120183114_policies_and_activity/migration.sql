-- Access policies that an organization makes itself, and its activity as a list built for a million entries.

ALTER TABLE "policy" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- The audit log holds ids alone. What a deleted policy was called goes with its organization.
CREATE TABLE "deleted_policy" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "deleted_policy_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "deleted_policy_organization_id_idx" ON "deleted_policy"("organization_id");
ALTER TABLE "deleted_policy" ADD CONSTRAINT "deleted_policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The log in the order of its times, and each single filter in that order.
DROP INDEX "activity_organization_id_id_idx";
DROP INDEX "activity_organization_id_member_id_id_idx";
CREATE INDEX "activity_organization_id_at_id_idx" ON "activity"("organization_id", "at", "id");
CREATE INDEX "activity_organization_id_what_at_id_idx" ON "activity"("organization_id", "what", "at", "id");
CREATE INDEX "activity_organization_id_actor_id_at_id_idx" ON "activity"("organization_id", "actor_id", "at", "id");
CREATE INDEX "activity_organization_id_member_id_at_id_idx" ON "activity"("organization_id", "member_id", "at", "id");

-- An invitation that is deleted is looked for among the latest ones of members: a whole organization each time without this.
CREATE INDEX "member_organization_id_invitation_id_idx" ON "member"("organization_id", "invitation_id");

-- Names stand in "C" order, in which only ASCII has small letters; a name is one policy's alone in any writing.
DROP INDEX "policy_name";
CREATE UNIQUE INDEX "policy_name" ON "policy" ("organization_id", lower("name" COLLATE "default"));
