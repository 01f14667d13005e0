-- The name that the inviter gave, for lists and the email (REQ-B10). The default is a constant, so no row is rewritten.
ALTER TABLE invitation ADD COLUMN name text NOT NULL DEFAULT '';
ALTER TABLE invitation ADD CONSTRAINT invitation_name_length CHECK (length(name) <= 100) NOT VALID;
ALTER TABLE invitation VALIDATE CONSTRAINT invitation_name_length;
