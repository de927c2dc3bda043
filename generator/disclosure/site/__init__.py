"""The pipeline from data to a site."""
