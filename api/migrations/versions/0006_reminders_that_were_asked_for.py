"""A confidential file is reminded of nothing, unless its person asked for it: who noted that, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("beneficiaries", sa.Column("reminders_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("beneficiaries", sa.Column("reminders_asked_by", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_beneficiaries_reminders_asked_by"), "beneficiaries", ["reminders_asked_by"], unique=False)
    op.create_foreign_key(
        op.f("fk_beneficiaries_reminders_asked_by"), "beneficiaries", "caseworkers", ["reminders_asked_by"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_beneficiaries_who_asked_is_dated"),
        "beneficiaries",
        "(reminders_asked_at IS NULL) = (reminders_asked_by IS NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_beneficiaries_who_asked_is_dated"), "beneficiaries", type_="check")
    op.drop_constraint(op.f("fk_beneficiaries_reminders_asked_by"), "beneficiaries", type_="foreignkey")
    op.drop_index(op.f("ix_beneficiaries_reminders_asked_by"), table_name="beneficiaries")
    op.drop_column("beneficiaries", "reminders_asked_by")
    op.drop_column("beneficiaries", "reminders_asked_at")
