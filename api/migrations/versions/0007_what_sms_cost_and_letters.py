"""What SMS cost by the month, letters to people whom none reaches, and the mail that says how many they are."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MAILS = ("invitation", "late", "digest")


def upgrade() -> None:
    _words("outgoing_mails", "mailkind", (*MAILS, "unreached"), column="kind")
    op.create_table(
        "sms_months",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reply",
                "code",
                "nudge",
                "reminder",
                "notice",
                name="smskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("unpriced", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_months")),
        sa.UniqueConstraint(
            "month", "authority_code", "provider", "kind", name=op.f("uq_sms_months_month_authority_code_provider_kind")
        ),
    )
    op.add_column("outgoing_sms", sa.Column("counted_in", sa.Date(), nullable=True))
    _count_what_has_left()
    op.create_table(
        "letter_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiaries.id"],
            name=op.f("fk_letter_codes_beneficiary_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_codes")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_letter_codes_code_digest")),
    )
    op.create_index(op.f("ix_letter_codes_beneficiary_id"), "letter_codes", ["beneficiary_id"], unique=False)
    op.add_column("identity_checks", sa.Column("letter_digest", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("identity_checks", "letter_digest")
    op.drop_index(op.f("ix_letter_codes_beneficiary_id"), table_name="letter_codes")
    op.drop_table("letter_codes")
    op.drop_column("outgoing_sms", "counted_in")
    op.drop_table("sms_months")
    op.execute("DELETE FROM outgoing_mails WHERE kind = 'unreached'")
    _words("outgoing_mails", "mailkind", MAILS, column="kind")


def _count_what_has_left() -> None:
    """Rows that are kept already: what left before that is gone, and uncounted."""
    op.execute(
        "UPDATE outgoing_sms SET counted_in = date_trunc('month', coalesce(sent_at, created_at) AT TIME ZONE "
        "'Europe/Paris')::date WHERE status IN ('sent', 'accepted', 'delivered', 'failed', 'unknown')"
    )
    op.execute(
        """
        INSERT INTO sms_months (id, month, authority_code, provider, kind, messages, segments, unpriced, price)
        SELECT gen_random_uuid(), counted_in, coalesce(authority_code, ''), coalesce(provider, ''), kind, count(*),
               coalesce(sum(segments), 0), coalesce(sum(segments) FILTER (WHERE price IS NULL), 0),
               coalesce(sum(price), 0)
        FROM outgoing_sms WHERE counted_in IS NOT NULL
        GROUP BY counted_in, coalesce(authority_code, ''), coalesce(provider, ''), kind
        """
    )


def _words(table: str, name: str, words: tuple[str, ...], column: str) -> None:
    """Words of an enumeration live in a check: the old ones go before the new ones come."""
    constraint = op.f(f"ck_{table}_{name}")
    op.drop_constraint(constraint, table, type_="check")
    op.create_check_constraint(constraint, table, f"{column} IN ({', '.join(map(repr, words))})")
