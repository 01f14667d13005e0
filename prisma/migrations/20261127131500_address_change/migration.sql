-- A change of address: one link for each of its two mailboxes, and what the two have in common.
ALTER TABLE "account_link" ADD COLUMN "change_id" UUID;
CREATE UNIQUE INDEX "account_link_change_id_email_key" ON "account_link"("change_id", "email");
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_change"
  CHECK (("purpose" = 'change-address') = ("change_id" IS NOT NULL));

ALTER TABLE "letter" DROP CONSTRAINT "letter_kind";
ALTER TABLE "letter" ADD CONSTRAINT "letter_kind" CHECK ("kind" IN
  ('invitation', 'resent', 'new', 'reminder', 'request-confirmation', 'accepted', 'declined', 'assign-policies',
   'password-reset', 'sign-in-link', 'address-confirmation', 'address-change', 'test'));
