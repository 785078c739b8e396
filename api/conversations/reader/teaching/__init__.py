"""Teaches a reader. Needs the group `teaching` of pyproject.toml, which the product does not.

`.tools/bin/uv run --group teaching python -m api.conversations.reader.teaching urgent` (or `intents`): half an hour on
two cores each.
"""
