-- The rows beside the grains. Keys are compared as UTF-8 bytes, as on the local engine; due is in ticks of 100 ns since year 1, UTC, so that no time is rounded.
CREATE TABLE dispatch_row (
  tbl text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  due bigint,
  body bytea NOT NULL,
  PRIMARY KEY (tbl, part, key));

CREATE INDEX dispatch_row_due ON dispatch_row (tbl, due, part, key) WHERE due IS NOT NULL;

-- ETags: never used twice, not even after a delete.
CREATE SEQUENCE dispatch_row_version;

-- Many independent writes in one transaction. Every row is locked in the order of the keys, also one that does not exist yet (by inserting it),
-- so that two of these calls wait for each other in one direction only. Writes of one row are applied in the order in which they were given.
-- expects: null: whatever is there; 0: no row; otherwise the version that must be there. A null body deletes.
-- Answers with the new version (0 after a delete) of every write that was done; those that are missing did not match.
CREATE FUNCTION dispatch_write_rows(tbls text[], parts text[], keys text[], bodies bytea[], dues bigint[], expects bigint[])
RETURNS TABLE (ordinal integer, stored bigint) LANGUAGE plpgsql AS $$
DECLARE
  w record;
  found_version bigint;
  next_version bigint;
BEGIN
  FOR w IN
    SELECT * FROM unnest(tbls, parts, keys, bodies, dues, expects) WITH ORDINALITY AS given (tbl, part, key, body, due, expect, i)
    ORDER BY tbl COLLATE "C", part COLLATE "C", key COLLATE "C", i
  LOOP
    LOOP
      SELECT r.version INTO found_version FROM dispatch_row r WHERE r.tbl = w.tbl AND r.part = w.part AND r.key = w.key FOR UPDATE;
      EXIT WHEN (w.expect = 0 AND FOUND) OR (w.expect > 0 AND found_version IS DISTINCT FROM w.expect);
      next_version := 0;
      IF w.body IS NULL THEN
        DELETE FROM dispatch_row r WHERE r.tbl = w.tbl AND r.part = w.part AND r.key = w.key;
      ELSIF FOUND THEN
        next_version := nextval('dispatch_row_version');
        UPDATE dispatch_row r SET version = next_version, due = w.due, body = w.body WHERE r.tbl = w.tbl AND r.part = w.part AND r.key = w.key;
      ELSE
        next_version := nextval('dispatch_row_version');
        INSERT INTO dispatch_row (tbl, part, key, version, due, body) VALUES (w.tbl, w.part, w.key, next_version, w.due, w.body) ON CONFLICT DO NOTHING;
        -- Somebody else inserted it since it was looked for: look again.
        CONTINUE WHEN NOT FOUND;
      END IF;
      ordinal := w.i::integer;
      stored := next_version;
      RETURN NEXT;
      EXIT;
    END LOOP;
  END LOOP;
END $$;
