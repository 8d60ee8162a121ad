CREATE TABLE orleans_reminder (
  service_id text NOT NULL,
  grain_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  start_time timestamptz NOT NULL,
  period_ms bigint NOT NULL,
  grain_hash integer NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (service_id, grain_id, name));

CREATE INDEX orleans_reminder_range ON orleans_reminder (service_id, grain_hash);

-- A version is not used again soon, also after a delete: who removes a reminder by an old version must not remove a newer one.
CREATE SEQUENCE orleans_reminder_version AS integer CYCLE;

INSERT INTO OrleansQuery VALUES
('UpsertReminderRowKey', $q$
INSERT INTO orleans_reminder (service_id, grain_id, name, start_time, period_ms, grain_hash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('orleans_reminder_version'))
ON CONFLICT (service_id, grain_id, name) DO UPDATE
SET start_time = excluded.start_time, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash, version = excluded.version
RETURNING version AS Version
$q$),

('ReadReminderRowKey', $q$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$q$),

('ReadReminderRowsKey', $q$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),

-- A silo's part of the ring: begin is outside, end is inside.
('ReadRangeRows1Key', $q$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),

-- The part that wraps round the ring's end; the whole ring when begin and end are one.
('ReadRangeRows2Key', $q$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
FROM orleans_reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),

('DeleteReminderRowKey', $q$
WITH gone AS (DELETE FROM orleans_reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1)
SELECT count(*)::integer FROM gone
$q$),

('DeleteReminderRowsKey', $q$
DELETE FROM orleans_reminder WHERE service_id = @ServiceId
$q$);
