"""The desk, whole: who waits and since when, who is told how, e-mails, ready-made texts, two people's agreement."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REASONS = (
    "asked",
    "callback",
    "first_appointment",
    "no_slot",
    "appointment_change",
    "appointment_declined",
    "hindrance",
    "training_application",
    "support",
    "erasure",
)
MORE_REASONS = ("not_understood", "urgent", "complaint", "letter", "by_caseworker")
EVENTS = ("opened", "repeated", "note", "closed", "reopened", "taken", "given_back", "handed_back", "replied")
MORE_EVENTS = ("assigned", "passed_on", "snoozed", "returned", "raised", "withdrawn", "appointment")
SMS = ("reply", "code")


def upgrade() -> None:
    _words("escalations", "reason", (*REASONS, *MORE_REASONS))
    _words("escalation_events", "event", (*EVENTS, *MORE_EVENTS))
    _words("outgoing_sms", "smskind", (*SMS, "nudge"), column="kind")
    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation", "late", "digest", name="mailkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "dead",
                name="mailstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(text IS NULL) <> (sealed IS NULL)", name=op.f("ck_outgoing_mails_text_or_sealed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
        sa.UniqueConstraint("reference", name=op.f("uq_outgoing_mails_reference")),
    )
    op.create_index(
        "ix_outgoing_mails_due",
        "outgoing_mails",
        ["next_attempt_at"],
        unique=False,
        postgresql_where="status IN ('queued', 'sending')",
    )
    op.create_table(
        "silent_numbers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "stop", "wrong_number", "dead", name="silence", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silent_numbers")),
        sa.UniqueConstraint("phone", name=op.f("uq_silent_numbers_phone")),
    )
    op.create_table(
        "ready_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("organisation_id IS NULL OR caseworker_id IS NULL", name=op.f("ck_ready_texts_one_scope")),
        sa.ForeignKeyConstraint(["authority_code"], ["authorities.code"], name=op.f("fk_ready_texts_authority_code")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_ready_texts_caseworker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_ready_texts_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_texts")),
    )
    op.create_index(op.f("ix_ready_texts_authority_code"), "ready_texts", ["authority_code"], unique=False)
    op.create_index(op.f("ix_ready_texts_caseworker_id"), "ready_texts", ["caseworker_id"], unique=False)
    op.create_index(op.f("ix_ready_texts_organisation_id"), "ready_texts", ["organisation_id"], unique=False)
    op.create_table(
        "return_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("session_digest", sa.LargeBinary(), nullable=True),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_return_links_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_links")),
        sa.UniqueConstraint("session_digest", name=op.f("uq_return_links_session_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_return_links_token_digest")),
    )
    op.create_index(op.f("ix_return_links_conversation_id"), "return_links", ["conversation_id"], unique=False)
    op.create_table(
        "desk_last_read",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_desk_last_read_caseworker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_desk_last_read_escalation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_last_read")),
        sa.UniqueConstraint(
            "caseworker_id", "escalation_id", name=op.f("uq_desk_last_read_caseworker_id_escalation_id")
        ),
    )
    op.create_index(op.f("ix_desk_last_read_escalation_id"), "desk_last_read", ["escalation_id"], unique=False)
    op.create_table(
        "transcript_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> asked_by", name=op.f("ck_transcript_requests_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_transcript_requests_escalation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_requests")),
    )
    op.create_index(
        op.f("ix_transcript_requests_escalation_id"), "transcript_requests", ["escalation_id"], unique=False
    )
    op.add_column("authorities", sa.Column("sms_price", sa.Integer(), nullable=True))
    op.add_column("conversations", sa.Column("read_seq", sa.Integer(), server_default="0", nullable=False))
    op.add_column("conversations", sa.Column("waiting_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("told_waiting_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("nudge_phone", sa.String(), nullable=True))
    op.add_column("conversations", sa.Column("nudged_seq", sa.Integer(), server_default="0", nullable=False))
    op.add_column("conversations", sa.Column("commune_insee", sa.String(), nullable=True))
    op.add_column("desk_events", sa.Column("actor_id", sa.Uuid(), nullable=True))
    op.add_column("desk_events", sa.Column("rings", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("desk_events", sa.Column("urgent", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("escalation_events", sa.Column("target_id", sa.Uuid(), nullable=True))
    op.add_column(
        "escalations",
        sa.Column(
            "priority",
            sa.Enum("urgent", "high", "normal", name="priority", native_enum=False, create_constraint=True, length=40),
            server_default="normal",
            nullable=False,
        ),
    )
    op.add_column("escalations", sa.Column("assigned_id", sa.Uuid(), nullable=True))
    op.add_column("escalations", sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("escalations", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("escalations", sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_escalations_assigned_id"), "escalations", ["assigned_id"], unique=False)
    op.create_index(
        "ix_escalations_search",
        "escalations",
        [sa.literal_column("to_tsvector('french', translate(lower(line), 'àâäéèêëîïôöùûüÿç’', 'aaaeeeeiioouuuyc '))")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_foreign_key(
        op.f("fk_escalations_assigned_id"), "escalations", "caseworkers", ["assigned_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index(
        "ix_messages_search",
        "messages",
        [sa.literal_column("to_tsvector('french', translate(lower(text), 'àâäéèêëîïôöùûüÿç’', 'aaaeeeeiioouuuyc '))")],
        unique=False,
        postgresql_using="gin",
    )
    op.add_column("organisations", sa.Column("email", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM outgoing_sms WHERE kind = 'nudge'")
    _words("outgoing_sms", "smskind", SMS, column="kind")
    _forget("escalation_events", "event", MORE_EVENTS)
    _words("escalation_events", "event", EVENTS)
    _forget("escalations", "reason", MORE_REASONS)
    _words("escalations", "reason", REASONS)
    op.drop_column("organisations", "email")
    op.drop_index("ix_messages_search", table_name="messages", postgresql_using="gin")
    op.drop_constraint(op.f("fk_escalations_assigned_id"), "escalations", type_="foreignkey")
    op.drop_index("ix_escalations_search", table_name="escalations", postgresql_using="gin")
    op.drop_index(op.f("ix_escalations_assigned_id"), table_name="escalations")
    op.drop_column("escalations", "alerted_at")
    op.drop_column("escalations", "answered_at")
    op.drop_column("escalations", "snoozed_until")
    op.drop_column("escalations", "assigned_id")
    op.drop_column("escalations", "priority")
    op.drop_column("escalation_events", "target_id")
    op.drop_column("desk_events", "urgent")
    op.drop_column("desk_events", "rings")
    op.drop_column("desk_events", "actor_id")
    op.drop_column("conversations", "commune_insee")
    op.drop_column("conversations", "nudged_seq")
    op.drop_column("conversations", "nudge_phone")
    op.drop_column("conversations", "told_waiting_at")
    op.drop_column("conversations", "waiting_until")
    op.drop_column("conversations", "read_seq")
    op.drop_column("authorities", "sms_price")
    op.drop_index(op.f("ix_transcript_requests_escalation_id"), table_name="transcript_requests")
    op.drop_table("transcript_requests")
    op.drop_index(op.f("ix_desk_last_read_escalation_id"), table_name="desk_last_read")
    op.drop_table("desk_last_read")
    op.drop_index(op.f("ix_return_links_conversation_id"), table_name="return_links")
    op.drop_table("return_links")
    op.drop_index(op.f("ix_ready_texts_organisation_id"), table_name="ready_texts")
    op.drop_index(op.f("ix_ready_texts_caseworker_id"), table_name="ready_texts")
    op.drop_index(op.f("ix_ready_texts_authority_code"), table_name="ready_texts")
    op.drop_table("ready_texts")
    op.drop_table("silent_numbers")
    op.drop_index(
        "ix_outgoing_mails_due", table_name="outgoing_mails", postgresql_where="status IN ('queued', 'sending')"
    )
    op.drop_table("outgoing_mails")


def _words(table: str, name: str, words: tuple[str, ...], column: str | None = None) -> None:
    """Words of an enumeration live in a check: the old ones go before the new ones come."""
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(
        op.f(f"ck_{table}_{name}"), table, f"{column or name} IN ({', '.join(map(repr, words))})"
    )


def _forget(table: str, column: str, words: tuple[str, ...]) -> None:
    op.execute(f"DELETE FROM {table} WHERE {column} IN ({', '.join(map(repr, words))})")
