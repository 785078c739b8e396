"""SMS both ways: what came in, what became of what went out, and what is sent by itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("reply", "code", "nudge")
STATUSES = ("queued", "sending", "sent", "unknown", "dead")
REASONS = (
    *("asked", "callback", "first_appointment", "no_slot", "appointment_change", "appointment_declined", "hindrance"),
    *("training_application", "support", "erasure", "not_understood", "urgent", "complaint", "letter", "by_caseworker"),
)


def upgrade() -> None:
    _words("outgoing_sms", "smskind", (*KINDS, "reminder", "notice"), column="kind")
    _words("outgoing_sms", "smsstatus", (*STATUSES, "accepted", "delivered", "failed"), column="status")
    _words("escalations", "reason", (*REASONS, "number", "noticed"))
    op.create_table(
        "sms_receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "accepted",
                "delivered",
                "failed",
                "unknown",
                "dead",
                name="smsstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_receipts")),
        sa.UniqueConstraint(
            "provider", "reference", "status", "code", name=op.f("uq_sms_receipts_provider_reference_status_code")
        ),
    )
    op.create_index(
        "ix_sms_receipts_due", "sms_receipts", ["received_at"], unique=False, postgresql_where="applied_at IS NULL"
    )
    op.create_table(
        "incoming_sms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_digest", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_incoming_sms_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_sms")),
        sa.UniqueConstraint("provider", "reference", name=op.f("uq_incoming_sms_provider_reference")),
    )
    op.create_index(
        "ix_incoming_sms_due", "incoming_sms", ["received_at"], unique=False, postgresql_where="handled_at IS NULL"
    )
    op.create_index(op.f("ix_incoming_sms_message_id"), "incoming_sms", ["message_id"], unique=False)
    op.create_index("ix_incoming_sms_same", "incoming_sms", ["phone", "text_digest", "received_at"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "three_days",
                "one_day",
                "missed",
                "never_convoked",
                "contract_ends",
                name="reminderkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("sms_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_reminders_appointment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_reminders_beneficiary_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sms_id"], ["outgoing_sms.id"], name=op.f("fk_reminders_sms_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("subject", "kind", name=op.f("uq_reminders_subject_kind")),
    )
    op.create_index(op.f("ix_reminders_appointment_id"), "reminders", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_reminders_beneficiary_id"), "reminders", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_reminders_sms_id"), "reminders", ["sms_id"], unique=False)
    op.add_column(
        "authorities",
        sa.Column("no_reminders", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.add_column("outgoing_sms", sa.Column("authority_code", sa.String(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("provider", sa.String(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("provider_reference", sa.String(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("segments", sa.Integer(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("price", sa.Integer(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("why", sa.String(), nullable=True))
    op.add_column("outgoing_sms", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outgoing_sms", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_outgoing_sms_authority_code"), "outgoing_sms", "authorities", ["authority_code"], ["code"]
    )


def downgrade() -> None:
    op.execute("DELETE FROM outgoing_sms WHERE kind IN ('reminder', 'notice')")
    op.execute("UPDATE outgoing_sms SET status = 'sent' WHERE status IN ('accepted', 'delivered', 'failed')")
    _words("outgoing_sms", "smskind", KINDS, column="kind")
    _words("outgoing_sms", "smsstatus", STATUSES, column="status")
    op.execute("DELETE FROM escalations WHERE reason IN ('number', 'noticed')")
    _words("escalations", "reason", REASONS)
    op.drop_constraint(op.f("fk_outgoing_sms_authority_code"), "outgoing_sms", type_="foreignkey")
    op.drop_column("outgoing_sms", "ended_at")
    op.drop_column("outgoing_sms", "accepted_at")
    op.drop_column("outgoing_sms", "why")
    op.drop_column("outgoing_sms", "price")
    op.drop_column("outgoing_sms", "segments")
    op.drop_column("outgoing_sms", "provider_reference")
    op.drop_column("outgoing_sms", "provider")
    op.drop_column("outgoing_sms", "authority_code")
    op.drop_column("authorities", "no_reminders")
    op.drop_index(op.f("ix_reminders_sms_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_beneficiary_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_appointment_id"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index("ix_incoming_sms_same", table_name="incoming_sms")
    op.drop_index(op.f("ix_incoming_sms_message_id"), table_name="incoming_sms")
    op.drop_index("ix_incoming_sms_due", table_name="incoming_sms", postgresql_where="handled_at IS NULL")
    op.drop_table("incoming_sms")
    op.drop_index("ix_sms_receipts_due", table_name="sms_receipts", postgresql_where="applied_at IS NULL")
    op.drop_table("sms_receipts")


def _words(table: str, name: str, words: tuple[str, ...], column: str | None = None) -> None:
    """Words of an enumeration live in a check: the old ones go before the new ones come."""
    constraint = op.f(f"ck_{table}_{name}")
    op.drop_constraint(constraint, table, type_="check")
    op.create_check_constraint(constraint, table, f"{column or name} IN ({', '.join(map(repr, words))})")
