"""What is read of mkdocs.yml, and what it may say."""
