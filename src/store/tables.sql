-- What was read, in the order of reading. Rows name each other by position (ix, from 0).
CREATE TABLE article (
  ix INTEGER PRIMARY KEY, id TEXT NOT NULL, given_id TEXT NOT NULL, title TEXT, date TEXT, source TEXT, url TEXT,
  digest TEXT NOT NULL, sketch BLOB NOT NULL, first_occurrence INTEGER NOT NULL, end_occurrence INTEGER NOT NULL,
  first_claim INTEGER NOT NULL, end_claim INTEGER NOT NULL
) STRICT;
-- Actors and places as articles name them; names, kinds, countries and affiliations as JSON [[value, articles], …].
CREATE TABLE identity (
  ix INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, is_place INTEGER NOT NULL, named INTEGER NOT NULL,
  names TEXT NOT NULL, aliases TEXT NOT NULL, kinds TEXT NOT NULL, countries TEXT NOT NULL, affiliations TEXT NOT NULL,
  latitude REAL, longitude REAL, home INTEGER
) STRICT;
CREATE TABLE occurrence (
  ix INTEGER PRIMARY KEY, article INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, date TEXT, place INTEGER,
  status TEXT NOT NULL, key INTEGER NOT NULL, likeness INTEGER NOT NULL
) STRICT;
CREATE TABLE claim (
  ix INTEGER PRIMARY KEY, article INTEGER NOT NULL, occurrence INTEGER, relation TEXT NOT NULL, source INTEGER NOT NULL,
  target INTEGER, about INTEGER, status TEXT NOT NULL, according_to INTEGER, date TEXT, place INTEGER,
  confidence REAL NOT NULL, sentence INTEGER NOT NULL, source_start INTEGER, source_end INTEGER,
  trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL, target_start INTEGER, target_end INTEGER
) STRICT;
CREATE INDEX claim_by_sentence ON claim (sentence);
CREATE TABLE sentence (ix INTEGER PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT) STRICT;
CREATE TABLE decisions (ix INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
-- Full text of the evidence: SELECT rowid FROM evidence WHERE evidence MATCH 'bomb AND embassy'.
CREATE VIRTUAL TABLE evidence USING fts5 (text, content = 'sentence', content_rowid = 'ix', tokenize = 'unicode61 remove_diacritics 2');
-- For people: every report in words.
CREATE VIEW told AS
SELECT article.id AS article, article.date AS published, source.names ->> '$[0][0]' AS source, claim.relation,
  target.names ->> '$[0][0]' AS target, claim.status, claim.date, place.names ->> '$[0][0]' AS place,
  claimant.names ->> '$[0][0]' AS according_to, claim.confidence, sentence.text
FROM claim
JOIN article ON article.ix = claim.article
JOIN identity AS source ON source.ix = claim.source
LEFT JOIN identity AS target ON target.ix = claim.target
LEFT JOIN identity AS place ON place.ix = claim.place
LEFT JOIN identity AS claimant ON claimant.ix = claim.according_to
JOIN sentence ON sentence.ix = claim.sentence;
