-- Orleans asks its database by query texts that it finds here: the keys, the names of the parameters and of the columns are its contract, the rest is ours.
CREATE TABLE OrleansQuery (
  QueryKey text PRIMARY KEY,
  QueryText text NOT NULL);

-- The version of a cluster's membership: every change of it is a compare-and-set on this row.
CREATE TABLE orleans_cluster (
  cluster_id text PRIMARY KEY,
  version integer NOT NULL);

CREATE TABLE orleans_silo (
  cluster_id text NOT NULL REFERENCES orleans_cluster ON DELETE CASCADE,
  address text NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo_name text NOT NULL,
  host_name text NOT NULL,
  status integer NOT NULL,
  proxy_port integer,
  suspect_times text,
  start_time timestamptz NOT NULL,
  alive_time timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, address, port, generation));

INSERT INTO OrleansQuery VALUES
('InsertMembershipVersionKey', $q$
WITH made AS (INSERT INTO orleans_cluster VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM made
$q$),

-- The cluster's row is changed first: it decides between two silos that join or leave at once, and without it nothing happens.
('InsertMembershipKey', $q$
WITH cluster AS (
  UPDATE orleans_cluster SET version = version + 1
  WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
    SELECT 1 FROM orleans_silo WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING cluster_id),
silo AS (
  INSERT INTO orleans_silo (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
  SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM cluster
  RETURNING 1)
SELECT count(*)::integer FROM silo
$q$),

('UpdateMembershipKey', $q$
WITH cluster AS (
  UPDATE orleans_cluster SET version = version + 1
  WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
    SELECT 1 FROM orleans_silo WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING cluster_id),
silo AS (
  UPDATE orleans_silo s SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
  FROM cluster c
  WHERE s.cluster_id = c.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  RETURNING 1)
SELECT count(*)::integer FROM silo
$q$),

('UpdateIAmAlivetimeKey', $q$
UPDATE orleans_silo SET alive_time = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),

-- One row with empty columns when there is no silo: the version is always told.
('MembershipReadRowKey', $q$
SELECT c.cluster_id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName, s.host_name AS HostName,
  s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime, s.alive_time AS IAmAliveTime, c.version AS Version
FROM orleans_cluster c
LEFT JOIN orleans_silo s ON s.cluster_id = c.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.cluster_id = @DeploymentId
$q$),

('MembershipReadAllKey', $q$
SELECT c.cluster_id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName, s.host_name AS HostName,
  s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime, s.alive_time AS IAmAliveTime, c.version AS Version
FROM orleans_cluster c
LEFT JOIN orleans_silo s ON s.cluster_id = c.cluster_id
WHERE c.cluster_id = @DeploymentId
$q$),

('DeleteMembershipTableEntriesKey', $q$
DELETE FROM orleans_cluster WHERE cluster_id = @DeploymentId
$q$),

-- 3 is Active.
('CleanupDefunctSiloEntriesKey', $q$
DELETE FROM orleans_silo WHERE cluster_id = @DeploymentId AND alive_time < @IAmAliveTime AND status <> 3
$q$),

('GatewaysQueryKey', $q$
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$q$);
