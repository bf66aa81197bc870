"""The dashboard over the Parquet exports: pure functions from tables to views, and thin Streamlit pages."""
