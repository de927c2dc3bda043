"""Publishing by git push on one's own server.

- settings: what the server's owner has decided (`disclosure.toml`)
- repository: the few questions that we ask git
- gate: what a push may bring
- release: release folders, the one link that is served, taking back
- serving: compressed copies, time stamps, and the files that pages of earlier releases ask for
- nginx: the configuration of the web server
- release_summary: what a release changes for its readers
- push: what a push is about
- hooks: what happens during a push, readable top to bottom
- commit_build: checks a pushed commit and builds its site
- new_repository: a new repository with its hooks

The author of a push is trusted with texts and figures, never with code: the program, its
templates, theme and configuration are those installed on the server.
"""
