"""What Hent may say, to whom: every cell of the one table is played against the function that enforces it."""

from api.privacy.audience import Audience, Channel, Level
from api.privacy.disclosure import GENERAL, could_earn_more, is_personal, matrix, permitted, table
from api.texts.library import Entry, entries
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge
from api.texts.voice import Voice
from tests.test_topics import domain_intents

VOICE = Voice({"name": "", "phone": "", "hours": ""}, None)


def test_every_intent_is_classified_once() -> None:
    general, personal = table()["general"], list(table()["personal"])
    assert len(general) == len(set(general))
    assert set(general) & set(personal) == set()
    assert set(general) | set(personal) == domain_intents() | {"nlu_fallback"}


def test_every_kind_of_fact_is_explained() -> None:
    told = {entry.tells for entry in entries().values()} - {GENERAL}
    assert told <= set(table()["kinds"])
    for channels in table()["personal"].values():
        for levels in channels.values():
            assert {kind for kinds in levels.values() for kind in kinds} <= set(table()["kinds"])


def test_each_cell_is_enforced_where_sentences_are_made() -> None:
    """One saying of each kind is put before `judge` for each cell: what comes out is what the cell says."""
    by_kind: dict[str, Entry] = {entry.tells: entry for entry in entries().values()}
    sayings = [Saying(entry.name) for kind, entry in by_kind.items() if kind != GENERAL]
    played = 0
    for intent, audience, allowed in matrix():
        verdict, heard = judge(intent, sayings, audience, VOICE)
        assert {entries()[saying.name].tells for saying in heard} == allowed & set(by_kind)
        if is_personal(intent) and not allowed:
            expected = Verdict.identify if could_earn_more(intent, audience) else Verdict.refused
            assert verdict is expected
        played += 1
    assert played == len(domain_intents() | {"nlu_fallback"}) * len(Channel) * len(Level) * 2


def test_a_number_alone_hears_date_time_and_place_at_most() -> None:
    for intent, audience, allowed in matrix():
        if audience.channel is Channel.sms:
            assert allowed <= {"when", "where"}, intent


def test_a_confidential_file_tells_no_place_and_no_name() -> None:
    for intent, audience, allowed in matrix():
        if audience.confidential:
            assert allowed & {"where", "who"} == set(), intent
            if audience.level is not Level.link:
                assert allowed == set(), intent


def test_nobody_hears_nothing_personal() -> None:
    for intent, audience, allowed in matrix():
        if audience.level is Level.nobody:
            assert allowed == set(), intent


def test_the_table_can_be_read_by_everyone() -> None:
    """Printed with `pytest -s`: what Hent may say, to whom."""
    lines = []
    for intent in table()["personal"]:
        for channel in Channel:
            for level in Level:
                kinds = ", ".join(sorted(permitted(intent, Audience(channel, level)))) or "-"
                hidden = ", ".join(sorted(permitted(intent, Audience(channel, level, True)))) or "-"
                lines.append(f"{intent:24} {channel:4} {level:7} {kinds:28} confidential: {hidden}")
    print("\n" + "\n".join(lines))  # noqa: T201  (the table is the point)
    assert len(lines) == len(table()["personal"]) * 8
