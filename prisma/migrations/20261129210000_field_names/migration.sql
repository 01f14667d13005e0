-- Tables, columns, indexes, constraints, triggers and functions get the names of the field. No row is lost or
-- rewritten, except the three activity types at the end. Stop every process of the previous version before this runs.

ALTER TABLE "letter" RENAME TO "email_message";
ALTER TABLE "letter_batch" RENAME TO "email_batch";
ALTER TABLE "letter_event" RENAME TO "delivery_event";
ALTER TABLE "link_wish" RENAME TO "magic_link_request";
ALTER TABLE "sending_pace" RENAME TO "send_throttle";

ALTER TABLE "email_message" RENAME COLUMN "frozen" TO "payload";
ALTER TABLE "email_batch" RENAME COLUMN "settled_at" TO "closed_at";
ALTER TABLE "delivery_event" RENAME COLUMN "letter_id" TO "email_message_id";
ALTER TABLE "send_throttle" RENAME COLUMN "free_at" TO "next_send_at";
ALTER TABLE "send_throttle" RENAME COLUMN "refusal" TO "provider_error";
ALTER TABLE "invitation" RENAME COLUMN "letter_id" TO "email_message_id";
ALTER TABLE "invitation" RENAME COLUMN "letters_stopped" TO "email_suppression";
ALTER TABLE "member" RENAME COLUMN "letters_stopped" TO "email_suppression";
ALTER TABLE "member" RENAME COLUMN "given_by" TO "granted_by";
ALTER TABLE "member" RENAME COLUMN "listed_as" TO "sort_name";
ALTER TABLE "member" RENAME COLUMN "standing" TO "sort_at";
ALTER TABLE "member_policy" RENAME COLUMN "given_by" TO "granted_by";
ALTER TABLE "policy" RENAME COLUMN "by_default" TO "is_default";
ALTER TABLE "invitation_request" RENAME COLUMN "listed_as" TO "search_text";
ALTER TABLE "activity" RENAME COLUMN "what" TO "type";

ALTER TABLE "email_message" RENAME CONSTRAINT "letter_pkey" TO "email_message_pkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_batch_id_fkey" TO "email_message_batch_id_fkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_organization_id_fkey" TO "email_message_organization_id_fkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_organization_id_invitation_id_fkey" TO "email_message_organization_id_invitation_id_fkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_request_id_fkey" TO "email_message_request_id_fkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_account_link_id_fkey" TO "email_message_account_link_id_fkey";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_address" TO "email_message_address";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_kind" TO "email_message_kind";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_position" TO "email_message_position";
ALTER TABLE "email_message" RENAME CONSTRAINT "letter_state" TO "email_message_state";
ALTER TABLE "email_batch" RENAME CONSTRAINT "letter_batch_pkey" TO "email_batch_pkey";
ALTER TABLE "delivery_event" RENAME CONSTRAINT "letter_event_pkey" TO "delivery_event_pkey";
ALTER TABLE "delivery_event" RENAME CONSTRAINT "letter_event_letter_id_fkey" TO "delivery_event_email_message_id_fkey";
ALTER TABLE "magic_link_request" RENAME CONSTRAINT "link_wish_pkey" TO "magic_link_request_pkey";
ALTER TABLE "magic_link_request" RENAME CONSTRAINT "link_wish_organization_id_fkey" TO "magic_link_request_organization_id_fkey";
ALTER TABLE "magic_link_request" RENAME CONSTRAINT "link_wish_address" TO "magic_link_request_address";
ALTER TABLE "magic_link_request" RENAME CONSTRAINT "link_wish_purpose" TO "magic_link_request_purpose";
ALTER TABLE "send_throttle" RENAME CONSTRAINT "sending_pace_pkey" TO "send_throttle_pkey";
ALTER TABLE "send_throttle" RENAME CONSTRAINT "sending_pace_id_check" TO "send_throttle_id_check";
ALTER TABLE "member" RENAME CONSTRAINT "member_letters_stopped" TO "member_email_suppression";
ALTER TABLE "member" RENAME CONSTRAINT "member_is_somebody" TO "member_has_account_if_joined";

ALTER INDEX "letter_account_link_id_idx" RENAME TO "email_message_account_link_id_idx";
ALTER INDEX "letter_batch_id_position_key" RENAME TO "email_message_batch_id_position_key";
ALTER INDEX "letter_created_at_id_idx" RENAME TO "email_message_created_at_id_idx";
ALTER INDEX "letter_news" RENAME TO "email_message_changed";
ALTER INDEX "letter_organization_id_caused_by_created_at_idx" RENAME TO "email_message_organization_id_caused_by_created_at_idx";
ALTER INDEX "letter_organization_id_invitation_id_idx" RENAME TO "email_message_organization_id_invitation_id_idx";
ALTER INDEX "letter_request_id_idx" RENAME TO "email_message_request_id_idx";
ALTER INDEX "letter_tests" RENAME TO "email_message_tests";
ALTER INDEX "letter_to_address_created_at_idx" RENAME TO "email_message_to_address_created_at_idx";
ALTER INDEX "letter_event_letter_id_idx" RENAME TO "delivery_event_email_message_id_idx";
ALTER INDEX "link_wish_organization_id_idx" RENAME TO "magic_link_request_organization_id_idx";
ALTER INDEX "activity_organization_id_what_at_id_idx" RENAME TO "activity_organization_id_type_at_id_idx";
ALTER INDEX "request_by_standing" RENAME TO "request_by_stale";
ALTER INDEX "owners" RENAME TO "member_owners";

ALTER FUNCTION folded(text) RENAME TO fold_text;
ALTER FUNCTION refuse_to_forget() RENAME TO reject_activity_change;
ALTER FUNCTION note_policies() RENAME TO copy_policy_ids;
ALTER FUNCTION note_stale_requests() RENAME TO mark_stale_requests;
ALTER TRIGGER "activity_stays" ON "activity" RENAME TO "activity_append_only";
ALTER TRIGGER "policies_given" ON "member_policy" RENAME TO "member_policy_inserted";
ALTER TRIGGER "policies_taken" ON "member_policy" RENAME TO "member_policy_deleted";
ALTER TRIGGER "came_in" ON "member" RENAME TO "member_inserted_active";
ALTER TRIGGER "came_or_went" ON "member" RENAME TO "member_status_changed";

-- The log is append-only: this setting, which erasing an organization uses as well, lets the transaction change it.
SET LOCAL foyer.erasing = 'on';
UPDATE "activity" SET "type" = CASE "type"
  WHEN 'letters-allowed' THEN 'emails-allowed'
  WHEN 'founded' THEN 'organization-created'
  ELSE 'requested' END
WHERE "type" IN ('letters-allowed', 'founded', 'asked');
SET LOCAL foyer.erasing = 'off';
