-- Full-text search over what was said, ranked by BM25, in plain SQL: no extension has to be fetched.

CREATE MACRO word_forms(txt) AS regexp_extract_all(lower(strip_accents(txt)), '[\pL\pN]+');
COMMENT ON MACRO word_forms IS 'Words of a text in lower case and without accents. PARAMETERS txt: the text.';

-- Plural and singular are one word: policies and policy, sanctions and sanction; but not crisis or process.
CREATE MACRO singular(word) AS CASE
  WHEN length(word) < 4 THEN word
  WHEN regexp_matches(word, '[^ae]ies$') THEN word[:-4] || 'y'
  WHEN regexp_matches(word, '[^siu]s$') THEN word[:-2]
  ELSE word
END;
COMMENT ON MACRO singular IS
  'A word without the ending of the plural, as search_statements compares words. PARAMETERS word: a word in lower case.';

CREATE VIEW search_index AS
WITH forms AS (
  SELECT s.statement_id, length(s.content) AS n_chars, unnest(word_forms(s.content)) AS form
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NULL
),
words AS (
  SELECT form, singular(form) AS word FROM (SELECT DISTINCT form FROM forms)
)
SELECT w.word, f.statement_id, count(*) AS n_times, any_value(f.n_chars) AS n_chars
FROM forms AS f
JOIN words AS w USING (form)
GROUP BY w.word, f.statement_id
ORDER BY w.word, f.statement_id;
COMMENT ON VIEW search_index IS 'Which word stands in which statement, near-duplicate documents left out: what search_statements looks up.';
COMMENT ON COLUMN search_index.word IS 'Word in lower case, without accents, singular.';
COMMENT ON COLUMN search_index.n_times IS 'How often it stands there.';
COMMENT ON COLUMN search_index.n_chars IS 'Length of the statement''s content in characters.';

CREATE MACRO search_statements(query, top := 20) AS TABLE
WITH asked AS (
  SELECT DISTINCT singular(form) AS word FROM (SELECT unnest(word_forms(query)) AS form)
),
pool AS (
  SELECT count(*) AS n, avg(length(content)) AS mean_length FROM statements
),
weights AS (
  SELECT i.word, ln(1 + (any_value(p.n) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
  FROM search_index AS i
  CROSS JOIN pool AS p
  WHERE i.word IN (FROM asked)
  GROUP BY i.word
),
scored AS (
  SELECT
    i.statement_id,
    -- BM25 with the usual k1 = 1.2 and b = 0.75; length in characters.
    sum(w.weight * i.n_times * 2.2 / (i.n_times + 1.2 * (0.25 + 0.75 * i.n_chars / p.mean_length))) AS score,
    count(*) AS n_words
  FROM search_index AS i
  JOIN weights AS w USING (word)
  CROSS JOIN pool AS p
  WHERE i.word IN (FROM asked)
  GROUP BY i.statement_id
  ORDER BY score DESC, i.statement_id
  LIMIT top
)
SELECT
  round(x.score, 2) AS score, x.n_words, s.speaker_name, s.party, s.stated_from, s.stated_to, s.content, s.issues,
  d.publisher, s.reported_by, s.form, s.statement_id, s.document_id, s.content_start, s.content_end, s.confidence
FROM scored AS x
JOIN statements AS s USING (statement_id)
JOIN documents AS d USING (document_id)
ORDER BY x.score DESC, s.statement_id;
COMMENT ON MACRO TABLE search_statements IS
  'Statements whose content holds any of the words asked for, best first (BM25): rare words weigh more, short statements go first, n_words tells how many of the words were found. Singular and plural are one word, accents and capitals do not matter, there are no phrases. PARAMETERS query: words to look for; top: how many rows, 20 unless given (top := 100).';
