-- Users shows where the letter of an invitation is: copied to the member's own row, as everything that a list shows.
ALTER TABLE "member" ADD COLUMN "delivery" TEXT, ADD COLUMN "delivery_detail" TEXT;
UPDATE "member" m SET "delivery" = i."delivery", "delivery_detail" = i."delivery_detail"
FROM "invitation" i WHERE i."id" = m."invitation_id";
-- Whoever gives somebody an invitation says where its letter is: no command can forget it.
ALTER TABLE "member" ADD CONSTRAINT "member_delivery" CHECK (("invitation_id" IS NULL) = ("delivery" IS NULL));
