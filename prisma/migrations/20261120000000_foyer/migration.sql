-- The whole model. Made from schema.prisma, completed by hand: collations, and from "What must never be" on.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "installation" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "setup_digest" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "new_user_invitations" BOOLEAN NOT NULL DEFAULT false,
    "allowed_domains" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "refused_domains" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "expiry_days" SMALLINT NOT NULL DEFAULT 7,
    "resend_limit" SMALLINT NOT NULL DEFAULT 3,
    "reminders" BOOLEAN NOT NULL DEFAULT true,
    "reply_to" TEXT,
    "support_address" TEXT,
    "default_role" TEXT NOT NULL DEFAULT 'member',

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "password_hash" TEXT,
    "verified_at" TIMESTAMPTZ(3),
    "operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_method" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_method_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "key_id" SMALLINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "account_id" UUID,
    "status" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "invitation_id" UUID,
    "invited_until" TIMESTAMPTZ(3),
    "given_by" UUID,
    "address_confirmed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "joined_at" TIMESTAMPTZ(3),
    "last_active_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "permissions" TEXT[],
    "built_in" BOOLEAN NOT NULL DEFAULT false,
    "by_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_policy" (
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "given_by" UUID,

    CONSTRAINT "member_policy_pkey" PRIMARY KEY ("organization_id","member_id","policy_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "role" TEXT NOT NULL,
    "inviter_id" UUID,
    "key_id" SMALLINT NOT NULL,
    "code_digest" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "resend_count" SMALLINT NOT NULL DEFAULT 0,
    "reminded_at" TIMESTAMPTZ(3),
    "settled_as" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "decline_reason" TEXT,
    "delivery" TEXT NOT NULL DEFAULT 'queued',
    "delivery_detail" TEXT,
    "letter_id" UUID,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation_request" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'unconfirmed',
    "proposed_role" TEXT NOT NULL DEFAULT 'member',
    "key_id" SMALLINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" UUID,

    CONSTRAINT "invitation_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_batch" (
    "id" UUID NOT NULL,
    "attempt" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "called_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "letter_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "organization_id" UUID,
    "kind" TEXT NOT NULL,
    "invitation_id" UUID,
    "request_id" UUID,
    "account_link_id" UUID,
    "to_address" TEXT COLLATE "C" NOT NULL,
    "caused_by" UUID,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "detail" TEXT,
    "frozen" JSONB,
    "provider_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_event" (
    "id" TEXT NOT NULL,
    "letter_id" UUID,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "letter_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sending_pace" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "free_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sending_pace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "member_id" UUID,
    "invitation_id" UUID,
    "actor_id" UUID,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "sign_in_method_account_id_idx" ON "sign_in_method"("account_id");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_link_digest_key" ON "account_link"("digest");

-- CreateIndex
CREATE INDEX "account_link_account_id_idx" ON "account_link"("account_id");

-- CreateIndex
CREATE INDEX "member_account_id_idx" ON "member"("account_id");

-- CreateIndex
CREATE INDEX "member_search" ON "member" USING GIN ("email" gin_trgm_ops, "name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_id_key" ON "member"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_email_key" ON "member"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "policy_organization_id_id_key" ON "policy"("organization_id", "id");

-- CreateIndex
CREATE INDEX "member_policy_organization_id_policy_id_idx" ON "member_policy"("organization_id", "policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_digest_key" ON "invitation"("code_digest");

-- CreateIndex
CREATE INDEX "invitation_organization_id_member_id_idx" ON "invitation"("organization_id", "member_id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_email_id_idx" ON "invitation"("organization_id", "email", "id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_issued_at_id_idx" ON "invitation"("organization_id", "issued_at", "id");

-- CreateIndex
CREATE INDEX "invitation_search" ON "invitation" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_organization_id_id_key" ON "invitation"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_request_digest_key" ON "invitation_request"("digest");

-- CreateIndex
CREATE INDEX "invitation_request_organization_id_created_at_id_idx" ON "invitation_request"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "letter_organization_id_invitation_id_idx" ON "letter"("organization_id", "invitation_id");

-- CreateIndex
CREATE INDEX "letter_request_id_idx" ON "letter"("request_id");

-- CreateIndex
CREATE INDEX "letter_account_link_id_idx" ON "letter"("account_link_id");

-- CreateIndex
CREATE INDEX "letter_created_at_id_idx" ON "letter"("created_at", "id");

-- CreateIndex
CREATE INDEX "letter_to_address_created_at_idx" ON "letter"("to_address", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "letter_batch_id_position_key" ON "letter"("batch_id", "position");

-- CreateIndex
CREATE INDEX "letter_organization_id_caused_by_created_at_idx" ON "letter"("organization_id", "caused_by", "created_at");

-- CreateIndex
CREATE INDEX "letter_event_letter_id_idx" ON "letter_event"("letter_id");

-- CreateIndex
CREATE INDEX "activity_organization_id_id_idx" ON "activity"("organization_id", "id");

-- CreateIndex
CREATE INDEX "activity_organization_id_member_id_id_idx" ON "activity"("organization_id", "member_id", "id");

-- AddForeignKey
ALTER TABLE "sign_in_method" ADD CONSTRAINT "sign_in_method_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_invitation_id_fkey" FOREIGN KEY ("organization_id", "invitation_id") REFERENCES "invitation"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "policy" ADD CONSTRAINT "policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_policy" ADD CONSTRAINT "member_policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_policy" ADD CONSTRAINT "member_policy_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_policy" ADD CONSTRAINT "member_policy_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "policy"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_request" ADD CONSTRAINT "invitation_request_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "letter_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_organization_id_invitation_id_fkey" FOREIGN KEY ("organization_id", "invitation_id") REFERENCES "invitation"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "invitation_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_account_link_id_fkey" FOREIGN KEY ("account_link_id") REFERENCES "account_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_event" ADD CONSTRAINT "letter_event_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------
-- What must never be. Prisma cannot say these, and its diff does not see them.

ALTER TABLE "installation" ADD CHECK ("id");
ALTER TABLE "sending_pace" ADD CHECK ("id");
INSERT INTO "installation" DEFAULT VALUES;
INSERT INTO "sending_pace" DEFAULT VALUES;

-- One canonical form of an address everywhere it is stored: lower case, printable ASCII, one @ (domains by UTS-46).
CREATE FUNCTION is_address(text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN length($1) <= 254 AND $1 ~ '^[!-?A-~]+@[!-?A-~]+$' AND $1 !~ '[A-Z]';
ALTER TABLE "account" ADD CONSTRAINT "account_address" CHECK (is_address("email"));
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_address" CHECK (is_address("email"));
ALTER TABLE "member" ADD CONSTRAINT "member_address" CHECK (is_address("email"));
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_address" CHECK (is_address("email"));
ALTER TABLE "invitation_request" ADD CONSTRAINT "invitation_request_address" CHECK (is_address("email"));
ALTER TABLE "letter" ADD CONSTRAINT "letter_address" CHECK (is_address("to_address"));

ALTER TABLE "organization"
  ADD CONSTRAINT "organization_slug_shape" CHECK ("slug" ~ '^[a-z0-9-]{2,40}$'),
  ADD CONSTRAINT "organization_name_length" CHECK (length("name") BETWEEN 1 AND 100),
  ADD CONSTRAINT "organization_expiry" CHECK ("expiry_days" BETWEEN 1 AND 30),
  ADD CONSTRAINT "organization_resends" CHECK ("resend_limit" BETWEEN 0 AND 10),
  ADD CONSTRAINT "organization_default_role" CHECK ("default_role" IN ('admin', 'member'));

ALTER TABLE "account" ADD CONSTRAINT "account_name_length" CHECK (length("name") <= 100);

ALTER TABLE "account_link" ADD CONSTRAINT "account_link_purpose"
  CHECK ("purpose" IN ('sign-in', 'reset-password', 'confirm-address', 'change-address'));

ALTER TABLE "member"
  ADD CONSTRAINT "member_status" CHECK ("status" IN ('invited', 'active', 'blocked', 'removed')),
  ADD CONSTRAINT "member_role" CHECK ("role" IN ('owner', 'admin', 'member')),
  ADD CONSTRAINT "member_name_length" CHECK (length("name") <= 100),
  ADD CONSTRAINT "member_invited_until" CHECK (("status" = 'invited') = ("invited_until" IS NOT NULL)),
  ADD CONSTRAINT "member_invited_by_invitation" CHECK ("status" <> 'invited' OR "invitation_id" IS NOT NULL),
  ADD CONSTRAINT "member_is_somebody" CHECK ("status" NOT IN ('active', 'blocked') OR "account_id" IS NOT NULL);
-- One account is at most once in an organization.
CREATE UNIQUE INDEX "member_account" ON "member" ("organization_id", "account_id") WHERE "status" IN ('active', 'blocked');

ALTER TABLE "policy" ADD CONSTRAINT "policy_name_length" CHECK (length("name") BETWEEN 1 AND 100);
CREATE UNIQUE INDEX "policy_name" ON "policy" ("organization_id", lower("name"));

ALTER TABLE "invitation"
  ADD CONSTRAINT "invitation_role" CHECK ("role" IN ('owner', 'admin', 'member')),
  ADD CONSTRAINT "invitation_settled_as" CHECK ("settled_as" IN ('accepted', 'declined', 'revoked', 'superseded')),
  ADD CONSTRAINT "invitation_settled" CHECK (("settled_as" IS NULL) = ("settled_at" IS NULL)),
  ADD CONSTRAINT "invitation_resends" CHECK ("resend_count" BETWEEN 0 AND 10),
  ADD CONSTRAINT "invitation_decline_reason" CHECK ("decline_reason" IS NULL OR "settled_as" = 'declined'),
  ADD CONSTRAINT "invitation_delivery" CHECK ("delivery" IN
    ('queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed', 'unknown', 'kept', 'cancelled'));
-- Two open invitations of one person cannot exist, whoever invites at the same moment (security: races).
CREATE UNIQUE INDEX "invitation_open" ON "invitation" ("member_id") WHERE "settled_as" IS NULL;

ALTER TABLE "invitation_request"
  ADD CONSTRAINT "invitation_request_status" CHECK ("status" IN ('unconfirmed', 'pending', 'approved', 'dismissed')),
  ADD CONSTRAINT "invitation_request_role" CHECK ("proposed_role" IN ('admin', 'member')),
  ADD CONSTRAINT "invitation_request_lengths" CHECK (length("name") <= 100 AND length("message") <= 1000);
-- One open request per address (R E5).
CREATE UNIQUE INDEX "invitation_request_open" ON "invitation_request" ("organization_id", "email")
  WHERE "status" IN ('unconfirmed', 'pending');

ALTER TABLE "letter"
  ADD CONSTRAINT "letter_state" CHECK ("state" IN
    ('queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed', 'unknown', 'kept', 'cancelled')),
  ADD CONSTRAINT "letter_kind" CHECK ("kind" IN
    ('invitation', 'resent', 'new', 'reminder', 'request-confirmation', 'accepted', 'declined', 'assign-policies',
     'password-reset', 'sign-in-link', 'address-confirmation', 'test')),
  ADD CONSTRAINT "letter_position" CHECK ("position" BETWEEN 0 AND 99);

-- A member row and its first invitation are written by two statements of one transaction.
ALTER TABLE "member" ALTER CONSTRAINT "member_organization_id_invitation_id_fkey" DEFERRABLE INITIALLY DEFERRED;

-- The lists: each sort and each filter walks an index (architecture, Lists).
CREATE INDEX "member_by_email" ON "member" ("organization_id", "email", "id") WHERE "status" <> 'removed';
CREATE INDEX "member_by_expiry" ON "member" ("organization_id", "invited_until", "id") WHERE "status" = 'invited';
CREATE INDEX "invitation_by_expiry" ON "invitation" ("organization_id", "expires_at", "id") WHERE "settled_as" IS NULL;
CREATE INDEX "owners" ON "member" ("organization_id") WHERE "role" = 'owner' AND "status" = 'active';

-- What happened stays (R C11, R G4): only erasing an organization or a person may touch it, and says so first
-- with SET LOCAL foyer.erasing = 'on'.
CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('foyer.erasing', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'activity is append-only';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "activity_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "activity"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_forget();
