"""Coverage-guided fuzzing, on demand: `make fuzz TARGET=quotes SECONDS=60`."""
