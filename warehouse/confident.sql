-- Few rows and right ones: those from the confidences in confidence_thresholds on, near-duplicate documents left out.

CREATE VIEW confident_statements AS
SELECT s.*
FROM statements AS s
JOIN documents AS d USING (document_id)
JOIN confidence_thresholds AS t ON t.table_name = 'statements' AND s.confidence >= t.confidence
WHERE d.duplicate_of IS NULL;
COMMENT ON VIEW confident_statements IS
  'Statements of which at least 80% were right where it was measured (confidence_thresholds); most statements are among them.';

CREATE VIEW confident_meeting_mentions AS
SELECT m.*
FROM meeting_mentions AS m
JOIN documents AS d USING (document_id)
JOIN confidence_thresholds AS t ON t.table_name = 'meeting_mentions' AND m.confidence >= t.confidence
WHERE d.duplicate_of IS NULL;
COMMENT ON VIEW confident_meeting_mentions IS
  'Mentions of meetings of which at least 80% were right, status included, where it was measured (confidence_thresholds).';

CREATE VIEW confident_positions AS
SELECT p.*
FROM issue_positions AS p
JOIN documents AS d USING (document_id)
JOIN confidence_thresholds AS t ON t.table_name = 'issue_positions' AND p.confidence >= t.confidence
WHERE d.duplicate_of IS NULL;
COMMENT ON VIEW confident_positions IS
  'Issue positions of which at least 80% were right, stance included, where it was measured: few of those that a text holds (confidence_thresholds.recall), and sooner right than any others.';
