-- An address that bounced for good, or whose reader complained, gets no invitations until somebody allows them again. The
-- latest invitation has a copy, because the list shows it.
ALTER TABLE "member" ADD COLUMN "letters_stopped" TEXT;
ALTER TABLE "member" ADD CONSTRAINT "member_letters_stopped" CHECK ("letters_stopped" IN ('bounced', 'complained'));
ALTER TABLE "invitation" ADD COLUMN "letters_stopped" TEXT;
