"""Teaches the reader. Needs the group `teaching` of pyproject.toml, which the product does not.

`.tools/bin/uv run --group teaching python -m api.conversations.reader.teaching LIST…` teaches what is shipped the lists
of urgent messages that were written since, in minutes; without a name it begins anew, some two hours on two cores.
"""
