"""Alembic's entry: runs on the connection that `api.migrations.run` hands over."""

from typing import Any

from alembic import context
from alembic.operations.ops import CreateTableOp

from api.migrations.everything import METADATA


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Only our schemas: the rest of a shared server is nobody's business."""
    return kind != "schema" or name in (None, "rasa")


def without_retention(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """How long rows are kept is the code's affair, not the database's: it stays out of written migrations."""
    for operation in directives[0].upgrade_ops.ops:
        if isinstance(operation, CreateTableOp):
            operation.info = {}


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_schemas=True,
    include_name=ours,
    compare_type=True,
    process_revision_directives=without_retention,
)
with context.begin_transaction():
    context.run_migrations()
