"""Every answer: the journal of pathways, slots, invitations, escalations, services, and what they need elsewhere."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

APPEND_ONLY = ("pathway_facts", "escalation_events")
"""A correction is a row of its own: what was once written down is what somebody may have been told."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_services",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("structure", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("themes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("audiences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("access_conditions", sa.String(), nullable=True),
        sa.Column(
            "fee",
            sa.Enum("gratuit", "payant", name="fee", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("reception", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("open_to", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("commune_insee", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("zone", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_services")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_support_services_source_source_id")),
    )
    op.create_index("ix_support_services_themes", "support_services", ["themes"], unique=False, postgresql_using="gin")
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_invitations_beneficiary_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_invitations_source_source_id")),
    )
    op.create_index(op.f("ix_invitations_beneficiary_id"), "invitations", ["beneficiary_id"], unique=False)
    op.create_table(
        "pathway_facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rights_opened",
                "known",
                "oriented",
                "notified",
                "assigned",
                "appointment_offered",
                "appointment_held",
                "contract_signed",
                "contract_ended",
                "step_planned",
                "step_done",
                "moved",
                "closed",
                name="factkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "NOT withdrawn OR replaces_id IS NOT NULL", name=op.f("ck_pathway_facts_only_a_correction_withdraws")
        ),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_pathway_facts_beneficiary_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["pathway_facts.id"], name=op.f("fk_pathway_facts_replaces_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_facts")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_pathway_facts_replaces_id")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_pathway_facts_source_source_id")),
    )
    op.create_index("ix_pathway_facts_person", "pathway_facts", ["beneficiary_id", "happened_on"], unique=False)
    op.create_table(
        "training_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiaries.id"],
            name=op.f("fk_training_applications_beneficiary_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_sessions.id"],
            name=op.f("fk_training_applications_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_applications")),
        sa.UniqueConstraint(
            "beneficiary_id", "session_id", name=op.f("uq_training_applications_beneficiary_id_session_id")
        ),
    )
    op.create_index(op.f("ix_training_applications_session_id"), "training_applications", ["session_id"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("web", "sms", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
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
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("to_answer", "to_know", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("call_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_code"], ["authorities.code"], name=op.f("fk_escalations_authority_code")),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_escalations_beneficiary_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_escalations_caseworker_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_escalations_conversation_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_escalations_organisation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
    )
    op.create_index("ix_escalations_authority", "escalations", ["authority_code", "created_at"], unique=False)
    op.create_index(op.f("ix_escalations_caseworker_id"), "escalations", ["caseworker_id"], unique=False)
    op.create_index(op.f("ix_escalations_conversation_id"), "escalations", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_escalations_organisation_id"), "escalations", ["organisation_id"], unique=False)
    op.create_index("ix_escalations_subject", "escalations", ["beneficiary_id", "reason"], unique=False)
    op.create_table(
        "slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "location_type",
            sa.Enum(
                "public_office",
                "phone",
                "home",
                "visio",
                name="locationtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place_name", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("directions", sa.String(), nullable=True),
        sa.Column("call_from", sa.String(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "location_type <> 'public_office' OR address IS NOT NULL", name=op.f("ck_slots_office_has_an_address")
        ),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 600", name=op.f("ck_slots_lasts_a_while")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_slots_appointment_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_slots_caseworker_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_slots_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_slots_appointment_id")),
    )
    op.create_index(
        "ix_slots_free",
        "slots",
        ["organisation_id", "starts_at"],
        unique=False,
        postgresql_where="appointment_id IS NULL",
    )
    op.create_table(
        "support_searches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("commune_insee", sa.String(), nullable=True),
        sa.Column("shown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_support_searches_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_searches")),
    )
    op.create_index(op.f("ix_support_searches_conversation_id"), "support_searches", ["conversation_id"], unique=False)
    op.create_table(
        "escalation_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "opened",
                "repeated",
                "note",
                "closed",
                "reopened",
                name="event",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_events_escalation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_events")),
        sa.UniqueConstraint("escalation_id", "seq", name=op.f("uq_escalation_events_escalation_id_seq")),
    )
    op.add_column("appointments", sa.Column("changeable", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("appointments", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "appointments",
        sa.Column(
            "excuse",
            sa.Enum(
                "health",
                "childcare",
                "transport",
                "work",
                "other",
                name="excuse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("authorities", sa.Column("answer_days", sa.Integer(), server_default="2", nullable=False))
    op.add_column("caseworkers", sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("caseworkers", sa.Column("absent_from", sa.Date(), nullable=True))
    op.add_column("caseworkers", sa.Column("absent_until", sa.Date(), nullable=True))
    op.add_column("caseworkers", sa.Column("stand_in_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_caseworkers_stand_in_id"), "caseworkers", "caseworkers", ["stand_in_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column(
        "choices", sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False)
    )
    op.add_column("organisations", sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("training_searches", sa.Column("begins_after", sa.Date(), nullable=True))
    op.add_column("training_searches", sa.Column("no_diploma", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("training_searches", sa.Column("remote", sa.Boolean(), server_default="false", nullable=False))
    op.add_column(
        "training_sessions",
        sa.Column(
            "teaching",
            sa.Enum("onsite", "mixed", "remote", name="teaching", native_enum=False, create_constraint=True, length=40),
            server_default="onsite",
            nullable=False,
        ),
    )
    op.add_column("training_sessions", sa.Column("pace", sa.String(), nullable=True))
    op.add_column("training_sessions", sa.Column("conditions", sa.String(), nullable=True))
    op.add_column("trainings", sa.Column("entry_level", sa.String(), nullable=True))
    absence = "absent_until IS NULL OR absent_from <= absent_until"
    op.create_check_constraint(op.f("ck_caseworkers_absence_ends_after_it_begins"), "caseworkers", absence)
    op.execute("""
        CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """)
    for table in APPEND_ONLY:
        op.execute(f"""
            CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_update()
        """)


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute("DROP FUNCTION refuse_update()")
    op.drop_constraint(op.f("ck_caseworkers_absence_ends_after_it_begins"), "caseworkers", type_="check")
    op.drop_column("trainings", "entry_level")
    op.drop_column("training_sessions", "conditions")
    op.drop_column("training_sessions", "pace")
    op.drop_column("training_sessions", "teaching")
    op.drop_column("training_searches", "remote")
    op.drop_column("training_searches", "no_diploma")
    op.drop_column("training_searches", "begins_after")
    op.drop_column("organisations", "hours")
    op.drop_column("choices", "words")
    op.drop_constraint(op.f("fk_caseworkers_stand_in_id"), "caseworkers", type_="foreignkey")
    op.drop_column("caseworkers", "stand_in_id")
    op.drop_column("caseworkers", "absent_until")
    op.drop_column("caseworkers", "absent_from")
    op.drop_column("caseworkers", "hours")
    op.drop_column("authorities", "answer_days")
    op.drop_column("appointments", "excuse")
    op.drop_column("appointments", "confirmed_at")
    op.drop_column("appointments", "changeable")
    op.drop_table("escalation_events")
    op.drop_index(op.f("ix_support_searches_conversation_id"), table_name="support_searches")
    op.drop_table("support_searches")
    op.drop_index("ix_slots_free", table_name="slots", postgresql_where="appointment_id IS NULL")
    op.drop_table("slots")
    op.drop_index("ix_escalations_subject", table_name="escalations")
    op.drop_index(op.f("ix_escalations_organisation_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_conversation_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_caseworker_id"), table_name="escalations")
    op.drop_index("ix_escalations_authority", table_name="escalations")
    op.drop_table("escalations")
    op.drop_index(op.f("ix_training_applications_session_id"), table_name="training_applications")
    op.drop_table("training_applications")
    op.drop_index("ix_pathway_facts_person", table_name="pathway_facts")
    op.drop_table("pathway_facts")
    op.drop_index(op.f("ix_invitations_beneficiary_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index("ix_support_services_themes", table_name="support_services", postgresql_using="gin")
    op.drop_table("support_services")
