"""Last days of letters, of which somebody asked to be reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_deadlines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiaries.id"],
            name=op.f("fk_letter_deadlines_beneficiary_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_letter_deadlines_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_deadlines")),
        sa.UniqueConstraint("conversation_id", "over_at", name=op.f("uq_letter_deadlines_conversation_id_over_at")),
    )
    op.create_index(op.f("ix_letter_deadlines_beneficiary_id"), "letter_deadlines", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_letter_deadlines_phone"), "letter_deadlines", ["phone"], unique=False)
    op.create_table(
        "letter_reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "seven_days",
                "two_days",
                name="letterreminderkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["letter_deadlines.id"], name=op.f("fk_letter_reminders_deadline_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_letter_reminders_message_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_reminders")),
        sa.UniqueConstraint("deadline_id", "kind", name=op.f("uq_letter_reminders_deadline_id_kind")),
    )
    op.create_index(op.f("ix_letter_reminders_message_id"), "letter_reminders", ["message_id"], unique=False)


def downgrade() -> None:
    op.drop_table("letter_reminders")
    op.drop_table("letter_deadlines")
