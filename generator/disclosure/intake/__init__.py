"""Documents to drafts; starting a site, a year, a project."""
