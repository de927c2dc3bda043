"""Machinery that knows nothing of budgets: the cache, the site folder, workers."""
