"""The desk: accounts and sessions, who has taken what, and what desks are told in order."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


ROLES = ("caseworker", "supervisor", "administrator", "auditor")
EVENTS = ("opened", "repeated", "note", "closed", "reopened", "taken", "given_back", "handed_back", "replied")


def upgrade() -> None:
    # Words of an enumeration live in a check: the old ones go before the new ones come.
    op.drop_constraint(op.f("ck_caseworkers_role"), "caseworkers", type_="check")
    op.execute("UPDATE caseworkers SET role = 'supervisor' WHERE role = 'team_lead'")
    op.create_check_constraint(op.f("ck_caseworkers_role"), "caseworkers", _one_of("role", ROLES))
    op.drop_constraint(op.f("ck_escalation_events_event"), "escalation_events", type_="check")
    op.create_check_constraint(op.f("ck_escalation_events_event"), "escalation_events", _one_of("event", EVENTS))
    op.create_table(
        "desk_feeds",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_desk_feeds_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_desk_feeds")),
    )
    op.create_table(
        "account_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_account_invitations_caseworker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_invitations")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_account_invitations_token_digest")),
    )
    op.create_index(
        op.f("ix_account_invitations_caseworker_id"), "account_invitations", ["caseworker_id"], unique=False
    )
    op.create_table(
        "caseworker_accounts",
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("password_digest", sa.String(), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_caseworker_accounts_caseworker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("caseworker_id", name=op.f("pk_caseworker_accounts")),
    )
    op.create_table(
        "caseworker_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("proved", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_caseworker_sessions_caseworker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseworker_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_caseworker_sessions_token_digest")),
    )
    op.create_index(
        "ix_caseworker_sessions_caseworker", "caseworker_sessions", ["caseworker_id", "ended_at"], unique=False
    )
    op.create_table(
        "desk_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=True),
        sa.Column("escalation_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_desk_accesses_beneficiary_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworkers.id"], name=op.f("fk_desk_accesses_caseworker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_desk_accesses_escalation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_accesses")),
    )
    op.create_index(op.f("ix_desk_accesses_beneficiary_id"), "desk_accesses", ["beneficiary_id"], unique=False)
    op.create_index("ix_desk_accesses_caseworker", "desk_accesses", ["caseworker_id", "created_at"], unique=False)
    op.create_index(op.f("ix_desk_accesses_escalation_id"), "desk_accesses", ["escalation_id"], unique=False)
    op.create_table(
        "desk_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("escalation", "message", name="feedkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_desk_events_escalation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["desk_feeds.organisation_id"],
            name=op.f("fk_desk_events_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_events")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_desk_events_organisation_id_number")),
    )
    op.create_index("ix_desk_events_escalation", "desk_events", ["escalation_id"], unique=False)
    op.add_column("escalation_events", sa.Column("author_id", sa.Uuid(), nullable=True))
    op.add_column("escalation_events", sa.Column("reference", sa.String(), nullable=True))
    op.create_unique_constraint(
        op.f("uq_escalation_events_escalation_id_reference"), "escalation_events", ["escalation_id", "reference"]
    )
    op.add_column("escalations", sa.Column("owner_id", sa.Uuid(), nullable=True))
    op.add_column("escalations", sa.Column("version", sa.Integer(), server_default="0", nullable=False))
    op.create_index(op.f("ix_escalations_owner_id"), "escalations", ["owner_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_escalations_owner_id"), "escalations", "caseworkers", ["owner_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("messages", sa.Column("caseworker_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_messages_caseworker_id"), "messages", ["caseworker_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_messages_caseworker_id"), "messages", "caseworkers", ["caseworker_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_caseworkers_role"), "caseworkers", type_="check")
    op.execute("UPDATE caseworkers SET role = 'team_lead' WHERE role = 'supervisor'")
    op.execute("UPDATE caseworkers SET role = 'caseworker' WHERE role IN ('administrator', 'auditor')")
    op.create_check_constraint(op.f("ck_caseworkers_role"), "caseworkers", _one_of("role", ("caseworker", "team_lead")))
    op.drop_constraint(op.f("fk_messages_caseworker_id"), "messages", type_="foreignkey")
    op.drop_index(op.f("ix_messages_caseworker_id"), table_name="messages")
    op.drop_column("messages", "caseworker_id")
    op.drop_constraint(op.f("fk_escalations_owner_id"), "escalations", type_="foreignkey")
    op.drop_index(op.f("ix_escalations_owner_id"), table_name="escalations")
    op.drop_column("escalations", "version")
    op.drop_column("escalations", "owner_id")
    op.drop_constraint(op.f("uq_escalation_events_escalation_id_reference"), "escalation_events", type_="unique")
    op.drop_column("escalation_events", "reference")
    op.drop_column("escalation_events", "author_id")
    op.drop_index("ix_desk_events_escalation", table_name="desk_events")
    op.drop_table("desk_events")
    op.drop_index(op.f("ix_desk_accesses_escalation_id"), table_name="desk_accesses")
    op.drop_index("ix_desk_accesses_caseworker", table_name="desk_accesses")
    op.drop_index(op.f("ix_desk_accesses_beneficiary_id"), table_name="desk_accesses")
    op.drop_table("desk_accesses")
    op.drop_index("ix_caseworker_sessions_caseworker", table_name="caseworker_sessions")
    op.drop_table("caseworker_sessions")
    op.drop_table("caseworker_accounts")
    op.drop_index(op.f("ix_account_invitations_caseworker_id"), table_name="account_invitations")
    op.drop_table("account_invitations")
    op.drop_table("desk_feeds")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"
