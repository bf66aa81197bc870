"""Pages of the dashboard: each module draws one, from frames and trees that the rest of the package makes."""
