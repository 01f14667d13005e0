-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "settings_version" INTEGER NOT NULL DEFAULT 1;

-- What a settings page writes can be mailed to.
ALTER TABLE "organization"
  ADD CONSTRAINT "organization_reply_to" CHECK (is_address("reply_to")),
  ADD CONSTRAINT "organization_support_address" CHECK (is_address("support_address"));

-- The settings page shows what became of the latest test letter, among millions of others.
CREATE INDEX "letter_tests" ON "letter" ("organization_id", "created_at") WHERE "kind" = 'test';
