"""The official forms as workbook and PDF."""
