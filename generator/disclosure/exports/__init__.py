"""What leaves the site as files of another kind: one module for each."""
