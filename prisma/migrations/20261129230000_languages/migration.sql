-- Languages and time zones (REQ-B15, REQ-D11). The defaults are constants, so no table is rewritten. What was sent before
-- was in English and UTC.
ALTER TABLE organization
  ADD COLUMN language text NOT NULL DEFAULT 'en',
  ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';
ALTER TABLE invitation ADD COLUMN language text NOT NULL DEFAULT 'en';
ALTER TABLE invitation_request ADD COLUMN language text NOT NULL DEFAULT 'en';
-- Null until the person chooses one, or joins on a page in that language.
ALTER TABLE account ADD COLUMN language text;

-- Not a list of languages: a version without a stored language shows the organization's.
ALTER TABLE organization
  ADD CONSTRAINT organization_language CHECK (language ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  ADD CONSTRAINT organization_time_zone CHECK (length(time_zone) BETWEEN 1 AND 64);
ALTER TABLE account ADD CONSTRAINT account_language CHECK (language ~ '^[a-z]{2}(-[A-Z]{2})?$');
ALTER TABLE invitation
  ADD CONSTRAINT invitation_language CHECK (language ~ '^[a-z]{2}(-[A-Z]{2})?$') NOT VALID;
ALTER TABLE invitation_request
  ADD CONSTRAINT invitation_request_language CHECK (language ~ '^[a-z]{2}(-[A-Z]{2})?$') NOT VALID;
ALTER TABLE invitation VALIDATE CONSTRAINT invitation_language;
ALTER TABLE invitation_request VALIDATE CONSTRAINT invitation_request_language;
