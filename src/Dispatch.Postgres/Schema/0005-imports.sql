-- How far an import into this database has come: its records up to the position are there. No host starts on an import that is not done.
CREATE TABLE dispatch_import (
  id text PRIMARY KEY,
  position bigint NOT NULL,
  done boolean NOT NULL);
