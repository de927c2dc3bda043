"""Tables and data as files, a format each."""
