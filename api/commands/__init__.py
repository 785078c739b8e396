"""What `hent` does when it is typed: one module a family of commands, gathered by `api/cli.py`."""
