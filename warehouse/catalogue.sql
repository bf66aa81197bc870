-- What this database holds, in its own words.

CREATE VIEW data_dictionary AS
WITH relations AS (
  SELECT database_name, schema_name, table_name, 'table' AS kind, comment FROM duckdb_tables()
  UNION ALL
  SELECT database_name, schema_name, view_name, 'view', comment FROM duckdb_views()
),
macros AS (
  SELECT DISTINCT ON (function_name) function_name, function_type, parameters, comment
  FROM duckdb_functions()
  WHERE database_name = current_database() AND NOT internal AND function_type IN ('macro', 'table_macro')
)
SELECT
  c.table_name, t.kind AS table_kind, t.comment AS table_description,
  c.column_index AS column_no, c.column_name, c.data_type, c.is_nullable, c.comment AS description
FROM duckdb_columns() AS c
JOIN relations AS t USING (database_name, schema_name, table_name)
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT c.internal
UNION ALL
SELECT
  function_name, CASE function_type WHEN 'macro' THEN 'macro' ELSE 'table macro' END,
  split_part(comment, ' PARAMETERS ', 1), parameter_no, parameters[parameter_no], NULL, NULL,
  regexp_extract(split_part(comment, ' PARAMETERS ', 2), '(?:^|; )' || parameters[parameter_no] || ': ([^;.]*)', 1)
FROM (SELECT *, unnest(range(1, len(parameters) + 1)) AS parameter_no FROM macros)
ORDER BY table_kind, table_name, column_no;
COMMENT ON VIEW data_dictionary IS 'Every table, view and macro of this database with the meaning of each of its columns or parameters.';
COMMENT ON COLUMN data_dictionary.table_name IS 'Table, view or macro.';
COMMENT ON COLUMN data_dictionary.table_kind IS 'table, view, macro (gives a value) or table macro (gives rows).';
COMMENT ON COLUMN data_dictionary.table_description IS 'What a row is, and what to beware of; what a macro gives.';
COMMENT ON COLUMN data_dictionary.column_no IS 'Place of the column or parameter, from 1.';
COMMENT ON COLUMN data_dictionary.column_name IS 'Column or parameter.';
COMMENT ON COLUMN data_dictionary.data_type IS 'DuckDB type; null for parameters.';
COMMENT ON COLUMN data_dictionary.is_nullable IS 'Whether a value may be missing; always true for views, null for parameters.';
COMMENT ON COLUMN data_dictionary.description IS 'Meaning of a value, with its allowed values where they are few.';
