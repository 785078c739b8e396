"""Teaches the reader from the lists. Needs the group `teaching` of pyproject.toml, which the product does not.

`.tools/bin/uv run --group teaching python -m api.conversations.urgent.teaching`: twenty minutes on two cores.
"""
