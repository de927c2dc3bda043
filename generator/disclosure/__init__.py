"""Turns budget performance targets, kept as YAML, into a public website."""

__version__ = "0.1.0"
