"""Whose account was acted upon.

What was done before stays without it: nobody can say any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desk_accesses", sa.Column("account_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_desk_accesses_account_id"), "desk_accesses", ["account_id"])
    op.create_foreign_key(
        op.f("fk_desk_accesses_account_id"), "desk_accesses", "caseworkers", ["account_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_desk_accesses_account_id"), "desk_accesses", type_="foreignkey")
    op.drop_index(op.f("ix_desk_accesses_account_id"), table_name="desk_accesses")
    op.drop_column("desk_accesses", "account_id")
