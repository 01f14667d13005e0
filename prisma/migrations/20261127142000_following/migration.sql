-- What the provider refuses, where it refuses everything.
ALTER TABLE "sending_pace" ADD COLUMN "refusal" TEXT, ADD COLUMN "refused_at" TIMESTAMPTZ(3);
ALTER TABLE "sending_pace" ADD CONSTRAINT "sending_pace_refusal" CHECK (("refusal" IS NULL) = ("refused_at" IS NULL));

-- What open pages ask for every few seconds (decision 0032): the latest news of letters. Letters that nobody has touched
-- are none, so that owing one writes nothing here.
CREATE INDEX "letter_news" ON "letter" ("organization_id", "state_at") WHERE "state" <> 'queued' OR "detail" IS NOT NULL;
