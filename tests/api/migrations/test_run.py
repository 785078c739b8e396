"""A database is brought up to date, once or often; one that is not ours stays as it is."""

import pytest
from sqlalchemy import NullPool, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from api.core.installation import Kind
from api.migrations.run import ForeignDatabase, migrate


def run(url: str, statement: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement))


def tables(url: str) -> list[str]:
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    migrate(empty_url, Kind.demo, "o'ne")
    before = tables(empty_url)
    migrate(empty_url, Kind.demo, "two")
    assert tables(empty_url) == before
    assert "conversations" in before


def test_somebody_elses_database_is_refused_untouched(empty_url: str) -> None:
    run(empty_url, "CREATE TABLE invoices (id int)")
    with pytest.raises(ForeignDatabase):
        migrate(empty_url, Kind.demo, "x")
    assert tables(empty_url) == ["invoices"]


def test_a_demonstration_never_lands_on_real_people(empty_url: str) -> None:
    migrate(empty_url, Kind.production, "x")
    with pytest.raises(ForeignDatabase):
        migrate(empty_url, Kind.demo, "x")


def test_rasa_reads_its_own_tables_and_nothing_else(empty_url: str) -> None:
    migrate(empty_url, Kind.demo, "rasa's own")
    url = make_url(empty_url).set(username="hent_rasa", password="rasa's own").render_as_string(hide_password=False)
    run(url, "SELECT * FROM events")
    run(url, "SELECT fence FROM fences FOR SHARE")
    for forbidden in (
        "SELECT * FROM public.beneficiaries",
        "SELECT * FROM public.messages",
        "DELETE FROM events",
        "CREATE TABLE x (id int)",
    ):
        with pytest.raises(DBAPIError):
            run(url, forbidden)


def test_a_frozen_rasa_holds_nothing_for_long(empty_url: str) -> None:
    migrate(empty_url, Kind.demo, "x")
    url = make_url(empty_url).set(username="hent_rasa", password="x")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "10s"
