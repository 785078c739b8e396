"""Sentences that were not well understood, masked, for an editor; and whether an answer helped."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unclear_sentences",
        *_of_a_message("unclear_sentences"),
        sa.Column(
            "trouble",
            sa.Enum(
                "not_understood",
                "asked_back",
                "unhelpful",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("meant", postgresql.JSONB(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=True),
    )
    op.create_table(
        "answer_marks",
        *_of_a_message("answer_marks"),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("intent", sa.String(), nullable=True),
        sa.Column("texts", postgresql.JSONB(), nullable=False),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
    )


def downgrade() -> None:
    op.drop_table("answer_marks")
    op.drop_table("unclear_sentences")


def _of_a_message(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f(f"fk_{table}_conversation_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f(f"uq_{table}_conversation_id_seq")),
    ]
