-- Why the provider refuses everything, while it does.
ALTER TABLE "sending_pace" ADD COLUMN "refusal" TEXT;

-- What open pages ask for every few seconds (decision 0032): the latest news of letters. Letters that nobody has touched
-- are none, so that owing one writes nothing here.
CREATE INDEX "letter_news" ON "letter" ("organization_id", "state_at") WHERE "state" <> 'queued' OR "detail" IS NOT NULL;
