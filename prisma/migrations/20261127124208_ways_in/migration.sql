-- Mailed links for signing in and for a new password: asked for by a visitor, granted by a worker.

-- The organization whose login page asked for a link.
ALTER TABLE "account_link" ADD COLUMN "organization_id" UUID;
CREATE INDEX "account_link_organization_id_idx" ON "account_link"("organization_id");
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "link_wish" (
    "id" UUID NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "purpose" TEXT NOT NULL,
    "organization_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "link_wish_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "link_wish_address" CHECK (is_address("email")),
    CONSTRAINT "link_wish_purpose" CHECK ("purpose" IN ('sign-in', 'reset-password'))
);
CREATE INDEX "link_wish_organization_id_idx" ON "link_wish"("organization_id");
ALTER TABLE "link_wish" ADD CONSTRAINT "link_wish_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The name of a limit, and the longest address.
ALTER TABLE "rate_limit" ALTER COLUMN "key" SET DATA TYPE VARCHAR(320);

-- What waits for an address, in whichever organization.
CREATE INDEX "invitation_offered" ON "invitation" ("email") WHERE "settled_as" IS NULL;
