"""Whose account was acted upon; who tries to sign in; at which number somebody asked to be reminded.

What was done to an account before stays without it: nobody can say any more. Wishes that stand are for the number of
the file as it is; one that the version of before still notes has none, and is to be noted again.
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
    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tries")),
    )
    op.create_index("ix_sign_in_tries_address", "sign_in_tries", ["address_digest", "created_at"])
    op.add_column("beneficiaries", sa.Column("reminders_asked_phone", sa.String(), nullable=True))
    op.execute("UPDATE beneficiaries SET reminders_asked_phone = phone WHERE reminders_asked_at IS NOT NULL")


def downgrade() -> None:
    op.drop_column("beneficiaries", "reminders_asked_phone")
    op.drop_table("sign_in_tries")
    op.drop_constraint(op.f("fk_desk_accesses_account_id"), "desk_accesses", type_="foreignkey")
    op.drop_index(op.f("ix_desk_accesses_account_id"), table_name="desk_accesses")
    op.drop_column("desk_accesses", "account_id")
