-- Grain states. grain_type is the state's name, n0, n1 and extension are the grain's key as Orleans takes it apart; extension begins with '+' or is empty,
-- because null and empty are two keys. Orleans also gives hashes of type and key: the primary key finds a row without them. A key that is all
-- hexadecimal digits is kept as a number, so that its spelling is lost: where an import knew it, spelling holds it.
CREATE TABLE orleans_state (
  service_id text NOT NULL,
  grain_type text NOT NULL,
  n0 bigint NOT NULL,
  n1 bigint NOT NULL,
  extension text COLLATE "C" NOT NULL,
  spelling text,
  version integer NOT NULL,
  payload bytea,
  modified_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (service_id, grain_type, n0, n1, extension));

INSERT INTO OrleansQuery VALUES
-- No row, or an empty version, tells Orleans that somebody else has written.
('WriteToStorageKey', $q$
WITH updated AS (
  UPDATE orleans_state SET payload = @PayloadBinary, version = version + 1, modified_at = now()
  WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND extension = coalesce('+' || @GrainIdExtensionString, '')
    AND version = @GrainStateVersion
  RETURNING version),
inserted AS (
  INSERT INTO orleans_state (service_id, grain_type, n0, n1, extension, version, payload)
  SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce('+' || @GrainIdExtensionString, ''), 1, @PayloadBinary
  WHERE @GrainStateVersion IS NULL
  ON CONFLICT DO NOTHING
  RETURNING version)
SELECT version AS NewGrainStateVersion FROM updated UNION ALL SELECT version FROM inserted
$q$),

('ReadFromStorageKey', $q$
SELECT payload AS PayloadBinary, modified_at AS ModifiedOn, version AS Version
FROM orleans_state
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND extension = coalesce('+' || @GrainIdExtensionString, '')
$q$),

('ClearStorageKey', $q$
UPDATE orleans_state SET payload = NULL, version = version + 1, modified_at = now()
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND extension = coalesce('+' || @GrainIdExtensionString, '')
  AND version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion
$q$),

('DeleteStorageKey', $q$
DELETE FROM orleans_state
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND extension = coalesce('+' || @GrainIdExtensionString, '')
  AND version = @GrainStateVersion
RETURNING version + 1 AS NewGrainStateVersion
$q$);
