-- The ledger of Reaffirm, schema 5. The nouns are those of design.md, section 2.
-- Offsets are Unicode code points of a document's canonical text, "end" exclusive. Times are handed in, never read
-- from a clock; no id contains a time, a host or an order of arrival. Three kinds of tables:
--   append-only  raw, run, document (its text), reading, statement, commitment, demand, problem, span, observation, judgement,
--                acquisition
--   replaceable  node, block, passage, mention, voice, speaker, party, actor, dated, timex, telling, duty, call, bound, filing, sketch,
--                copy, meeting_key, meeting, open_circle, place, strand, strand_row, strand_key, link, line, thread, open_place, promise,
--                step, open_thread, roll: recomputed from the former and the packs
--   bookkeeping  meta, attempt
-- `version` is the hash of all that a run read into a row, `seal` the hash of a record: `reaffirm verify` re-computes both.

CREATE TABLE meta (                     -- schema, program, seal
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What arrived ------------------------------------------------------------------------------------------------------

CREATE TABLE raw (                      -- bytes as received, by their hash
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  size   INTEGER NOT NULL,
  bytes  BLOB NOT NULL
) STRICT;
CREATE INDEX raw_size ON raw (size);

CREATE TABLE document (                 -- one reading (canonical text) of some bytes; of several, one is current
  id          TEXT NOT NULL PRIMARY KEY,
  sha256      TEXT NOT NULL REFERENCES raw (sha256),
  part        INTEGER NOT NULL,         -- 0; or which article of a file that holds many
  text_sha256 TEXT NOT NULL,
  current     INTEGER NOT NULL CHECK (current IN (0, 1)),
  run         TEXT NOT NULL,            -- the one current run, whose rows are listed
  name        TEXT NOT NULL,            -- the smallest name these bytes came under, and the number of the part
  extractor   TEXT NOT NULL,
  genre       TEXT,                     -- five fields of the card once more, for querying; NULL is unknown
  title       TEXT,
  publisher   TEXT,
  published   TEXT,
  language    TEXT,
  card        TEXT NOT NULL,            -- JSON: every field with its basis and evidence
  metadata    TEXT NOT NULL,            -- JSON: as found
  seal        TEXT NOT NULL,            -- of this record and all replaceable tables of this document
  text        TEXT NOT NULL,            -- last, so that listing documents never reads it
  FOREIGN KEY (run, id) REFERENCES reading (run, document) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX document_current ON document (sha256, part) WHERE current = 1;
CREATE INDEX document_bytes ON document (sha256);
CREATE INDEX document_name ON document (name) WHERE current = 1;
CREATE INDEX document_listed ON document (id, run, name, sha256, published, genre, title, publisher, language) WHERE current = 1;  -- for lists

CREATE TABLE acquisition (              -- one arrival: the same bytes may come often, under many names
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL REFERENCES document (id),
  name     TEXT NOT NULL,
  origin   TEXT NOT NULL,
  received TEXT NOT NULL,
  headers  TEXT NOT NULL,               -- JSON: what a server said with the bytes
  seal     TEXT NOT NULL,
  UNIQUE (document, name, origin)
) STRICT;
CREATE INDEX acquisition_received ON acquisition (received, seq, document);

CREATE TABLE attempt (                  -- files that failed or were skipped; settled once they were read after all
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT NOT NULL,
  origin  TEXT NOT NULL,                -- where it lies, to be tried again
  sha256  TEXT,
  reason  TEXT NOT NULL,
  at      TEXT NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
  seal    TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_name ON attempt (name);
CREATE INDEX attempt_bytes ON attempt (sha256);

-- What runs read ----------------------------------------------------------------------------------------------------

CREATE TABLE run (                      -- which code, packs, model and versions observed rows
  id      TEXT NOT NULL PRIMARY KEY,
  version TEXT NOT NULL,
  code    TEXT NOT NULL,
  packs   TEXT NOT NULL,
  model   TEXT NOT NULL,
  seal    TEXT NOT NULL
) STRICT;

CREATE TABLE reading (                  -- a run read a document: the card as it read it, and the seal of the rows it saw
  run       TEXT NOT NULL REFERENCES run (id),
  document  TEXT NOT NULL REFERENCES document (id),
  extractor TEXT NOT NULL,
  card      TEXT NOT NULL,
  seal      TEXT NOT NULL,
  PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (                -- id: its place (content and cue); version: how it was read there
  id          TEXT NOT NULL,
  version     TEXT NOT NULL,
  document    TEXT NOT NULL REFERENCES document (id),
  start       INTEGER NOT NULL,         -- of the first content span, for sorting
  "end"       INTEGER NOT NULL,         -- of the last content span
  directness  TEXT NOT NULL,
  factuality  TEXT NOT NULL,
  act         TEXT,
  strength    INTEGER,
  nested_in   TEXT,
  quoted_from TEXT,
  rule        TEXT NOT NULL,
  pack        TEXT,
  entry       TEXT,
  rejected    TEXT NOT NULL,            -- JSON: the readings that were weighed and lost
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_document ON statement (document, start);

CREATE TABLE commitment (               -- the reading of a statement that binds; data: all of it, as JSON, with its spans
  id         TEXT NOT NULL,
  version    TEXT NOT NULL,
  document   TEXT NOT NULL REFERENCES document (id),
  start      INTEGER NOT NULL,          -- of the action, for sorting
  "end"      INTEGER NOT NULL,
  statement  TEXT,
  illocution TEXT NOT NULL,
  polarity   TEXT NOT NULL,
  strength   INTEGER NOT NULL,
  band       TEXT NOT NULL,
  position   INTEGER NOT NULL CHECK (position IN (0, 1)),
  mode       TEXT NOT NULL,
  data       TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_document ON commitment (document, start);

CREATE TABLE demand (                   -- the reading that asks, judges, wonders or guesses; data: all of it, as JSON, with its spans
  id        TEXT NOT NULL,
  version   TEXT NOT NULL,
  document  TEXT NOT NULL REFERENCES document (id),
  start     INTEGER NOT NULL,           -- of what is asked, for sorting
  "end"     INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  strength  INTEGER,
  polarity  TEXT,
  data      TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX demand_document ON demand (document, start);

CREATE TABLE problem (                  -- a finding that a careful reader would query
  id         TEXT NOT NULL,
  version    TEXT NOT NULL,
  document   TEXT NOT NULL REFERENCES document (id),
  kind       TEXT NOT NULL,
  severity   TEXT NOT NULL,
  message    TEXT NOT NULL,
  resolution TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX problem_document ON problem (document);

CREATE TABLE span (                     -- the exact words that prove a statement or a problem
  row      TEXT NOT NULL,
  version  TEXT NOT NULL,
  role     TEXT NOT NULL,
  ord      INTEGER NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL CHECK ("end" > start),
  exact    TEXT NOT NULL,
  PRIMARY KEY (row, version, role, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE observation (              -- a run saw a row, in this version: many to many
  document TEXT NOT NULL,
  run      TEXT NOT NULL,
  row      TEXT NOT NULL,
  version  TEXT NOT NULL,
  PRIMARY KEY (document, run, row),
  FOREIGN KEY (run, document) REFERENCES reading (run, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_row ON observation (row);

-- What is computed and may be replaced ------------------------------------------------------------------------------

CREATE TABLE node (                     -- the way back from the text to the source
  document  TEXT NOT NULL REFERENCES document (id),
  ord       INTEGER NOT NULL,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  path      TEXT NOT NULL,
  hint      TEXT,
  furniture TEXT NOT NULL,
  PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE block (                    -- the cuts of the text; furniture is marked, never deleted
  document    TEXT NOT NULL REFERENCES document (id),
  ord         INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  start       INTEGER NOT NULL,
  "end"       INTEGER NOT NULL,
  parts       TEXT NOT NULL,            -- JSON: [[start, end], ...], its paragraphs
  label       TEXT,                     -- JSON: [start, end, cue_start, cue_end] of a turn
  reason      TEXT NOT NULL,
  PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (                  -- each paragraph that is not furniture; its id is the rowid in passage_text
  id       INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL
) STRICT;
CREATE INDEX passage_document ON passage (document, start);

CREATE VIRTUAL TABLE passage_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_text USING fts5 (content, statement UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE dated (                    -- the days a document may be of: published, and of its events
  document TEXT NOT NULL REFERENCES document (id),
  kind     TEXT NOT NULL CHECK (kind IN ('published', 'event')),
  edtf     TEXT NOT NULL,
  first    TEXT NOT NULL,
  last     TEXT NOT NULL,
  PRIMARY KEY (document, kind, edtf)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice (                    -- who speaks in a statement; inputs: the hash of what that was derived from
  statement TEXT NOT NULL PRIMARY KEY,
  document  TEXT NOT NULL REFERENCES document (id),
  speakers  TEXT NOT NULL,              -- JSON lists of names
  external  TEXT NOT NULL,
  parties   TEXT NOT NULL,
  offices   TEXT NOT NULL,              -- JSON: name, office, basis, evidence
  certainty TEXT,
  rule      TEXT NOT NULL,
  inputs    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_document ON voice (document);

CREATE TABLE speaker (                  -- the names of voice.speakers and voice.external, for querying
  statement TEXT NOT NULL REFERENCES voice (statement) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  external  INTEGER NOT NULL CHECK (external IN (0, 1)),
  PRIMARY KEY (statement, name, external)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_name ON speaker (name);

CREATE TABLE party (                    -- the names of voice.parties, for querying
  statement TEXT NOT NULL REFERENCES voice (statement) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  PRIMARY KEY (statement, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_name ON party (name);

CREATE TABLE mention (                  -- where the text names a person, office, state, organisation or collective
  document TEXT NOT NULL REFERENCES document (id),
  ord      INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  exact    TEXT NOT NULL,
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  state    TEXT,
  office   TEXT,
  title    TEXT,
  pack     TEXT,
  entry    TEXT,
  PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_name ON mention (name);

CREATE TABLE actor (                    -- the people, offices, states and organisations of a document
  document TEXT NOT NULL REFERENCES document (id),
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  state    TEXT,
  PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE timex (                    -- where the text names a time; kind: TIMEX3 type; the phrase holds the surface
  document     TEXT NOT NULL REFERENCES document (id),
  ord          INTEGER NOT NULL,
  start        INTEGER NOT NULL,
  "end"        INTEGER NOT NULL,
  phrase_start INTEGER NOT NULL,
  phrase_end   INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  value        TEXT,
  mod          TEXT,
  interval     TEXT,                    -- EDTF; NULL while unanchored, and for durations and sets
  anchor       TEXT,
  granularity  TEXT,
  fuzzy        INTEGER NOT NULL CHECK (fuzzy IN (0, 1)),
  rule         TEXT NOT NULL,
  PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE telling (                  -- what one document tells of one meeting; data: all of it, as JSON, with its spans
  id       TEXT NOT NULL PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  start    INTEGER NOT NULL,            -- of its first evidence, for sorting
  circle   TEXT NOT NULL,               -- the states that meet, or their forum: tellings of one meeting have one circle
  forum    TEXT,
  status   TEXT NOT NULL,
  date     TEXT,
  data     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_document ON telling (document, start);
CREATE INDEX telling_circle ON telling (circle);

CREATE TABLE meeting (                  -- which tellings tell one meeting, its id the smallest of theirs, and by which rule
  telling TEXT NOT NULL PRIMARY KEY REFERENCES telling (id) ON DELETE CASCADE,
  meeting TEXT NOT NULL,
  rule    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_id ON meeting (meeting);

CREATE TABLE open_circle (              -- circles whose tellings have changed and are to be sorted into meetings again
  circle TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE duty (                     -- who is bound by a commitment and by when; data: all of it, as JSON
  commitment TEXT NOT NULL PRIMARY KEY,
  document   TEXT NOT NULL REFERENCES document (id),
  due        TEXT,                      -- EDTF
  last       TEXT,                      -- the last day of due
  data       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_document ON duty (document);
CREATE INDEX duty_last ON duty (last) WHERE last IS NOT NULL;

CREATE TABLE call (                     -- whose demand it is, and on whom; data: all of it, as JSON
  demand   TEXT NOT NULL PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  data     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX call_document ON call (document);

CREATE TABLE bound (                    -- the names of duty and call, for querying
  document TEXT NOT NULL REFERENCES document (id),
  row      TEXT NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('party', 'undertaker', 'person', 'holder', 'target')),
  name     TEXT NOT NULL,
  PRIMARY KEY (document, row, role, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX bound_name ON bound (name, role);

CREATE TABLE filing (                   -- the issues of a row, and the treaties, laws and places it names; data: by which words
  document TEXT NOT NULL REFERENCES document (id),
  row      TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('issue', 'thing')),
  issue    TEXT NOT NULL,
  data     TEXT NOT NULL,
  PRIMARY KEY (document, row, kind, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_issue ON filing (issue);

CREATE TABLE sketch (                   -- what a document's near-copies are found by; linked: compared with all the others
  document TEXT NOT NULL PRIMARY KEY REFERENCES document (id),
  words    INTEGER NOT NULL,
  linked   INTEGER NOT NULL CHECK (linked IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_open ON sketch (document) WHERE linked = 0;

CREATE TABLE sketch_key (
  key      INTEGER NOT NULL,
  document TEXT NOT NULL REFERENCES sketch (document) ON DELETE CASCADE,
  PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_document ON sketch_key (document);

CREATE TABLE meeting_key (              -- what documents that may tell the same meeting share
  key      TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_document ON meeting_key (document);

CREATE TABLE place (                    -- a document as linking sees it; rank: where it stands in time, by which it is named below
  document TEXT NOT NULL PRIMARY KEY REFERENCES document (id),
  rank     TEXT NOT NULL UNIQUE,
  chain    TEXT,                        -- of an output: forum and states of its meeting
  day      TEXT,                        -- the first on which it may have appeared
  data     TEXT NOT NULL,               -- JSON: all of it, but its name
  same     TEXT NOT NULL,               -- JSON: the pairs of its strands that may well be one item
  inputs   TEXT NOT NULL                -- the hash of what its strands were made of
) STRICT, WITHOUT ROWID;
CREATE INDEX place_chain ON place (chain, day) WHERE chain IS NOT NULL;

CREATE TABLE open_place (               -- documents whose strands are to be made again
  document TEXT NOT NULL PRIMARY KEY REFERENCES document (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE strand (                   -- what a document says of one item; name: rank of the document, offset, id of its smallest row
  name     TEXT NOT NULL PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  unit     TEXT NOT NULL,               -- the first strand of the same item there
  line     TEXT,                        -- the first strand of its line
  goes_on  TEXT,                        -- the strand by which it is in that line
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),  -- something is to come of it
  carries  INTEGER NOT NULL CHECK (carries IN (0, 1)),   -- something is promised, asked or planned in it
  meeting  TEXT,                        -- at which the parties said it
  about    TEXT NOT NULL,               -- issues and things, one a line
  data     TEXT NOT NULL                -- JSON: all of it
) STRICT, WITHOUT ROWID;
CREATE INDEX strand_document ON strand (document);
CREATE INDEX strand_line ON strand (line, name);

CREATE TABLE strand_row (               -- the rows of a strand
  row    TEXT NOT NULL,
  strand TEXT NOT NULL REFERENCES strand (name) ON DELETE CASCADE,
  PRIMARY KEY (row, strand)
) STRICT, WITHOUT ROWID;
CREATE INDEX strand_rows ON strand_row (strand);

CREATE TABLE strand_key (               -- what strands that may carry one item share; key: a hash
  key    INTEGER NOT NULL,
  strand TEXT NOT NULL,
  PRIMARY KEY (key, strand)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (                     -- a strand that may go on from an earlier one
  later   TEXT NOT NULL,
  earlier TEXT NOT NULL,
  score   REAL NOT NULL,
  rule    TEXT NOT NULL,
  why     TEXT NOT NULL,                -- empty where the two strands tell
  PRIMARY KEY (later, earlier, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_earlier ON link (earlier);

CREATE TABLE line (                     -- a line that is part of an older one, and the link that says so; top: the last of these
  line    TEXT NOT NULL PRIMARY KEY,
  over    TEXT NOT NULL,
  top     TEXT NOT NULL,
  later   TEXT NOT NULL,
  earlier TEXT NOT NULL,
  rule    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX line_over ON line (over);
CREATE INDEX line_top ON line (top);

CREATE TABLE thread (                   -- the lines that are listed; what lists show of them is NULL while they are in open_thread
  line   TEXT NOT NULL PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  label  TEXT,
  forum  TEXT,
  issues TEXT                           -- one a line
) STRICT, WITHOUT ROWID;

-- What pages of a large ledger are answered from (schema 5)

CREATE TABLE step (                     -- what became of the item of a thread, document by document
  line     TEXT NOT NULL REFERENCES thread (line) ON DELETE CASCADE,
  ord      INTEGER NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  status   TEXT,
  voice    TEXT NOT NULL,
  PRIMARY KEY (line, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX step_document ON step (document);
CREATE INDEX step_end ON step (line) WHERE status IN ('carried out', 'reversed');

CREATE TABLE open_thread (              -- threads whose steps are to be told again
  line TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE promise (                  -- the strands that promise an act, by who is bound
  name   TEXT NOT NULL,
  strand TEXT NOT NULL REFERENCES strand (name) ON DELETE CASCADE,
  words  TEXT NOT NULL,                 -- what it is about, one a line: stems, issues, and things with a sign before them
  PRIMARY KEY (name, strand)
) STRICT, WITHOUT ROWID;
CREATE INDEX promise_strand ON promise (strand);

CREATE TABLE roll (                     -- each row that is listed, in the order of lists, with what these are narrowed and counted by
  kind     TEXT NOT NULL CHECK (kind IN ('S', 'C', 'N', 'P')),  -- the letter of its id
  name     TEXT NOT NULL,               -- of the document
  document TEXT NOT NULL REFERENCES document (id),
  start    INTEGER NOT NULL,
  row      TEXT NOT NULL,
  version  TEXT NOT NULL,
  day      TEXT,                        -- the first on which the document may be of
  class    TEXT NOT NULL,               -- directness of a statement, polarity of a commitment, class of a demand, kind of a problem
  degree   TEXT,                        -- act of a statement, band of a commitment, severity of a problem
  who      TEXT NOT NULL,               -- speakers, parties, holders; one a line, as are the next
  whom     TEXT NOT NULL,               -- parties of a statement, undertakers, targets
  persons  TEXT NOT NULL,               -- who spoke for those that a commitment binds
  issues   TEXT NOT NULL,
  reads    TEXT,                        -- the statement that a commitment or demand reads
  strength INTEGER,                     -- of a commitment
  aside    INTEGER,                     -- 1: a commitment that promises no act, a problem that was answered since
  last     TEXT,                        -- the last day on which it is due
  doubt    INTEGER,                     -- how many doubts a row has that people review (docs/review.md)
  PRIMARY KEY (kind, name, document, start, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX roll_place ON roll (name, document, start, row) WHERE doubt IS NOT NULL;
CREATE INDEX roll_doubt ON roll (doubt, name, document, start, row) WHERE doubt IS NOT NULL;
CREATE INDEX roll_row ON roll (row);
CREATE INDEX roll_document ON roll (document);
CREATE INDEX roll_who ON roll (kind, who, whom, degree, class);

CREATE TABLE copy (                     -- two current documents with nearly the same text: linked, never merged
  id          TEXT NOT NULL PRIMARY KEY,
  kind        TEXT NOT NULL,
  a           TEXT NOT NULL REFERENCES document (id),
  b           TEXT NOT NULL REFERENCES document (id),
  shared      REAL NOT NULL,
  rule        TEXT NOT NULL,
  differences TEXT NOT NULL,            -- JSON: [[[start, end] or null, [start, end] or null], ...] in a and in b
  seal        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_a ON copy (a);
CREATE INDEX copy_b ON copy (b);

-- What people decide ------------------------------------------------------------------------------------------------

CREATE TABLE judgement (                -- append-only; an undo is one more row of the same id with undone = 1
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL,
  row     TEXT NOT NULL,
  verdict TEXT NOT NULL,
  field   TEXT,
  value   TEXT,
  quote   TEXT NOT NULL,
  judged  TEXT NOT NULL,
  who     TEXT NOT NULL,
  at      TEXT NOT NULL,
  undone  INTEGER NOT NULL CHECK (undone IN (0, 1)),
  seal    TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_row ON judgement (row);
CREATE INDEX judgement_id ON judgement (id);

-- How it is read ----------------------------------------------------------------------------------------------------

CREATE VIEW doc AS                      -- a document's public name; shared names get the hash's beginning
  SELECT d.id AS document,
         d.name || CASE WHEN EXISTS (SELECT 1 FROM document o
                                     WHERE o.current = 1 AND o.name = d.name AND o.sha256 <> d.sha256)
                        THEN '~' || substr(d.sha256, 1, 8) ELSE '' END AS doc
  FROM document d;

CREATE VIEW listed AS                   -- the rows that the current runs of the current documents observe
  SELECT o.row, o.version, o.document FROM document d
  JOIN observation o ON o.document = d.id AND o.run = d.run WHERE d.current = 1;

CREATE VIEW standing AS                 -- the judgements that hold: not undone, the last of their id
  SELECT * FROM judgement j
  WHERE undone = 0 AND NOT EXISTS (SELECT 1 FROM judgement l WHERE l.id = j.id AND l.seq > j.seq);

CREATE VIEW verdict AS                  -- the last judgement that holds, row by row
  SELECT * FROM standing j
  WHERE NOT EXISTS (SELECT 1 FROM standing l WHERE l.row = j.row AND l.seq > j.seq);

-- What may never change ---------------------------------------------------------------------------------------------

CREATE TRIGGER document_kept BEFORE DELETE ON document BEGIN SELECT raise(ABORT, 'append-only: document'); END;
CREATE TRIGGER document_same BEFORE UPDATE OF id, sha256, text_sha256, text ON document
  BEGIN SELECT raise(ABORT, 'append-only: document'); END;
CREATE TRIGGER raw_kept BEFORE DELETE ON raw BEGIN SELECT raise(ABORT, 'append-only: raw'); END;
CREATE TRIGGER raw_same BEFORE UPDATE ON raw BEGIN SELECT raise(ABORT, 'append-only: raw'); END;
CREATE TRIGGER acquisition_kept BEFORE DELETE ON acquisition BEGIN SELECT raise(ABORT, 'append-only: acquisition'); END;
CREATE TRIGGER acquisition_same BEFORE UPDATE ON acquisition BEGIN SELECT raise(ABORT, 'append-only: acquisition'); END;
CREATE TRIGGER run_kept BEFORE DELETE ON run BEGIN SELECT raise(ABORT, 'append-only: run'); END;
CREATE TRIGGER run_same BEFORE UPDATE ON run BEGIN SELECT raise(ABORT, 'append-only: run'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading BEGIN SELECT raise(ABORT, 'append-only: reading'); END;
CREATE TRIGGER reading_same BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'append-only: reading'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement BEGIN SELECT raise(ABORT, 'append-only: statement'); END;
CREATE TRIGGER statement_same BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'append-only: statement'); END;
CREATE TRIGGER commitment_kept BEFORE DELETE ON commitment BEGIN SELECT raise(ABORT, 'append-only: commitment'); END;
CREATE TRIGGER commitment_same BEFORE UPDATE ON commitment BEGIN SELECT raise(ABORT, 'append-only: commitment'); END;
CREATE TRIGGER demand_kept BEFORE DELETE ON demand BEGIN SELECT raise(ABORT, 'append-only: demand'); END;
CREATE TRIGGER demand_same BEFORE UPDATE ON demand BEGIN SELECT raise(ABORT, 'append-only: demand'); END;
CREATE TRIGGER problem_kept BEFORE DELETE ON problem BEGIN SELECT raise(ABORT, 'append-only: problem'); END;
CREATE TRIGGER problem_same BEFORE UPDATE ON problem BEGIN SELECT raise(ABORT, 'append-only: problem'); END;
CREATE TRIGGER span_kept BEFORE DELETE ON span BEGIN SELECT raise(ABORT, 'append-only: span'); END;
CREATE TRIGGER span_same BEFORE UPDATE ON span BEGIN SELECT raise(ABORT, 'append-only: span'); END;
CREATE TRIGGER observation_kept BEFORE DELETE ON observation BEGIN SELECT raise(ABORT, 'append-only: observation'); END;
CREATE TRIGGER observation_same BEFORE UPDATE ON observation BEGIN SELECT raise(ABORT, 'append-only: observation'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;
CREATE TRIGGER judgement_same BEFORE UPDATE ON judgement BEGIN SELECT raise(ABORT, 'append-only: judgement'); END;
