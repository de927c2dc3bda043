"""Findings and comparisons as text, JSON, CSV and SARIF."""
