"""Pages of any number whose rows are known, because the templates that make them are ours."""
