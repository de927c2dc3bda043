"""The open data as tables in many formats, and the official forms as workbook and PDF."""
