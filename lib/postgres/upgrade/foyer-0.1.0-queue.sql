-- The queues of Foyer 0.1.0 and their unfinished jobs, for the test of upgrading it: due ones, deferred ones, one that
-- failed and waits for its next attempt (links), one whose worker was killed (the active one of letters). They belong to
-- the rows of foyer-0.1.0.sql. Load it into a database in which pg-boss has made its schema (version 42), and nothing else.

BEGIN;

SELECT pgboss.create_queue('letters', '{"policy":"standard","notify":true,"retryLimit":1000000,"retryDelay":2,"retryBackoff":true,"retryDelayMax":60,"heartbeatSeconds":10,"retentionSeconds":5184000,"deleteAfterSeconds":3600}');
SELECT pgboss.create_queue('links', '{"policy":"standard","notify":true,"retryLimit":1000000,"retryDelay":2,"retryBackoff":true,"retryDelayMax":60,"heartbeatSeconds":10,"retentionSeconds":5184000,"deleteAfterSeconds":3600}');
SELECT pgboss.create_queue('reminders', '{"policy":"exclusive","notify":true,"retryLimit":1000000,"retryDelay":2,"retryBackoff":true,"retryDelayMax":60,"heartbeatSeconds":10,"retentionSeconds":5184000,"deleteAfterSeconds":3600}');
SELECT pgboss.create_queue('requests', '{"policy":"standard","notify":true,"retryLimit":1000000,"retryDelay":2,"retryBackoff":true,"retryDelayMax":60,"heartbeatSeconds":10,"retentionSeconds":5184000,"deleteAfterSeconds":3600}');
SELECT pgboss.create_queue('tidying', '{"policy":"exclusive","notify":true,"retryLimit":1000000,"retryDelay":2,"retryBackoff":true,"retryDelayMax":60,"heartbeatSeconds":10,"retentionSeconds":5184000,"deleteAfterSeconds":3600}');

INSERT INTO pgboss."schedule" ("name", "key", "kind", "cron", "timezone", "data", "options", "created_on", "updated_on") VALUES
  ('reminders', '', 'cron', '* * * * *', 'UTC', '{}', '{}', '2026-11-29 20:10:13.942384+00', '2026-11-29 20:10:13.942384+00'),
  ('tidying', '', 'cron', '17 * * * *', 'UTC', '{}', '{}', '2026-11-29 20:10:13.95605+00', '2026-11-29 20:10:13.95605+00');

INSERT INTO pgboss."job" ("id", "name", "priority", "data", "state", "retry_limit", "retry_count", "retry_delay", "retry_backoff", "retry_delay_max", "expire_seconds", "deletion_seconds", "start_after", "created_on", "started_on", "keep_until", "output", "policy", "heartbeat_on", "heartbeat_seconds", "blocked", "blocking", "pending_dependencies") VALUES
  ('918d1dba-5b26-478c-a039-49e045bcb643', 'letters', 0, '{"batch": "c0b06f32-e725-4578-bb2d-383807d2d09c"}', 'active', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:09:44.309028+00', '2026-11-29 20:09:44.309028+00', '2026-11-29 20:09:44.320553+00', '2027-01-28 20:10:44.309028+00', NULL, 'standard', '2026-11-29 20:09:44.320553+00', 10, false, false, 0),
  ('d9d559bc-ced7-4edb-a94a-7c9295ea5817', 'letters', 0, '{"batch": "eab36f98-b42b-4951-b37b-06c05e0e918a", "tries": 2}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:47.283114+00', '2026-11-29 20:10:45.283114+00', NULL, '2027-01-28 20:10:47.283114+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('79ee2eac-994c-486a-99cf-d126d863906b', 'letters', 0, '{"batch": "54623ff6-1cb5-41a5-85a4-5f5a21ef230c"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:45.791803+00', '2026-11-29 20:10:45.791803+00', NULL, '2027-01-28 20:10:45.791803+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('11d3458e-7c9c-48ae-8197-0e6b6888e007', 'links', 0, '{"wish": "df441146-eb08-459b-b218-c70d7e3634c6"}', 'retry', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:48.972381+00', '2026-11-29 20:10:45.804602+00', '2026-11-29 20:10:45.80886+00', '2027-01-28 20:10:45.804602+00', '{"message": "the database was away"}', 'standard', NULL, 10, false, false, 0),
  ('eebe70ad-45cd-41de-8697-0801b0644130', 'links', 0, '{"wish": "9de93fe5-78ac-4f3e-8f9e-9b259f9b4299"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:45.817322+00', '2026-11-29 20:10:45.817322+00', NULL, '2027-01-28 20:10:45.817322+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('b6103ccb-ef64-4957-bac9-d534d1b55007', 'reminders', 0, '{}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:45.830817+00', '2026-11-29 20:10:45.830817+00', NULL, '2027-01-28 20:10:45.830817+00', NULL, 'exclusive', NULL, 10, false, false, 0),
  ('ac895253-db44-4ec2-ba41-7f393e34a5cb', 'requests', 0, '{"request": "6c898e25-21b2-457b-8b6b-8f7b68d75394"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-01 20:10:39.866803+00', '2026-11-29 20:10:39.866803+00', NULL, '2027-01-30 20:10:39.866803+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('ca33871a-a6a7-40b0-aae6-7ca3f7e2aa17', 'requests', 0, '{"request": "812dad97-a361-4183-92dd-591ec37181f3"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-01 20:10:39.884658+00', '2026-11-29 20:10:39.884658+00', NULL, '2027-01-30 20:10:39.884658+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('b16bb220-1973-463e-ae52-e9904ae49a89', 'requests', 0, '{"request": "35fbf04c-3d7f-411a-8195-a94756ea9a2c"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-01 20:10:39.899157+00', '2026-11-29 20:10:39.899157+00', NULL, '2027-01-30 20:10:39.899157+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('4932e033-48ed-4880-a61b-a9e450e89aa5', 'requests', 0, '{"request": "a15865dc-847a-434b-89e6-8b2ae2b1ad05"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-01 20:10:39.914172+00', '2026-11-29 20:10:39.914172+00', NULL, '2027-01-30 20:10:39.914172+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('cce59a2f-9887-4b77-afbb-06ddca2c3c55', 'requests', 0, '{"request": "a15865dc-847a-434b-89e6-8b2ae2b1ad05"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-29 20:10:41.819547+00', '2026-11-29 20:10:41.819547+00', NULL, '2027-02-27 20:10:41.819547+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('6284b64c-ca69-4e30-b961-c0f7ce065a26', 'requests', 0, '{"request": "5bbcaf0b-bd10-46a1-9c6f-df4bba1e2da6"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-12-01 20:10:41.897607+00', '2026-11-29 20:10:41.897607+00', NULL, '2027-01-30 20:10:41.897607+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('9c64992a-138b-4db8-b5b8-8b0e7ebddb11', 'requests', 0, '{"request": "3a76b075-f721-44c5-b8fe-2bbcc0c0124a"}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:45.822684+00', '2026-11-29 20:10:45.822684+00', NULL, '2027-01-28 20:10:45.822684+00', NULL, 'standard', NULL, 10, false, false, 0),
  ('fffa4998-a13d-4816-8ea5-557c394f641e', 'tidying', 0, '{}', 'created', 1000000, 0, 2, true, 60, 900, 3600, '2026-11-29 20:10:45.830817+00', '2026-11-29 20:10:45.830817+00', NULL, '2027-01-28 20:10:45.830817+00', NULL, 'exclusive', NULL, 10, false, false, 0);

-- As in foyer-0.1.0.sql: every time moves by what has passed since the file was made.
DO $$
DECLARE passed interval := now() - timestamptz '2026-11-29 20:10:45+00';
BEGIN
  UPDATE pgboss.job SET start_after = start_after + passed, created_on = created_on + passed, started_on = started_on + passed,
    keep_until = keep_until + passed, heartbeat_on = heartbeat_on + passed;
  UPDATE pgboss.schedule SET created_on = created_on + passed, updated_on = updated_on + passed;
END $$;

COMMIT;
