"""Notices of a collectivité; of whose file a message tells.

Messages that stand already name nobody, and hide from nobody: they are gone in thirty days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "outage", "strike", "closure", name="noticekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_code"], ["authorities.code"], name=op.f("fk_notices_authority_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_authority_code", "notices", ["authority_code", "ends_at"])
    op.add_column("messages", sa.Column("about_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_messages_about_id"), "messages", "beneficiaries", ["about_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index("ix_messages_about", "messages", ["about_id"], postgresql_where=sa.text("about_id IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_messages_about", table_name="messages")
    op.drop_constraint(op.f("fk_messages_about_id"), "messages", type_="foreignkey")
    op.drop_column("messages", "about_id")
    op.drop_table("notices")
