-- Who is to be reminded (R C12): exactly the candidates of lib/invitations/jobs.ts, by the moment their invitations expire.
CREATE INDEX "invitation_to_remind" ON "invitation" ("organization_id", "expires_at")
  WHERE "settled_as" IS NULL AND "reminded_at" IS NULL AND "expires_at" - "issued_at" > interval '71 hours 59 minutes'
    AND "delivery" NOT IN ('queued', 'bounced', 'complained');
