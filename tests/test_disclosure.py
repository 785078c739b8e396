"""What Hent may say, to whom: every cell of the one table is played against the function that enforces it."""

from itertools import product
from pathlib import Path

from api.privacy.audience import Audience, Channel, Level
from api.privacy.disclosure import GENERAL, could_earn_more, is_personal, matrix, may_name_fund, permitted, table
from api.texts.library import Entry, entries
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge
from api.texts.voice import Voice
from tests.test_topics import domain_intents

PAGE = Path(__file__).parents[1] / "docs" / "who-hears-what.md"
HEADING = [
    "# What Hent may say, to whom",
    "",
    "Written by `tests/test_disclosure.py` from `data/reference/disclosure.yml`, every cell of which it plays. A dash:",
    "nothing of the person's file. Levels: nobody; number (an SMS from a number of one person); code (birth date, and",
    "a code by SMS or of a letter); link (a personal link given in person, or the word agreed with the caseworker).",
    "",
]
PARTS = {
    "general": "The same answer for everybody",
    "personal": "Said of a file, or not answered",
    "mixed": "A general answer for everybody, and more for whoever may hear it",
}
FUND = (
    "Where an answer sends people to the CAF, it names the fund that the person has just told of; or else, on a page\n"
    "and at the level {levels}, the fund of their file. Never by SMS, nor from a confidential file."
)
CARDS = (
    "On a page, an appointment or a course has a card beside its sentences. "
    "It holds nothing that they do not say, and is\n"
    "hidden and erased with them. The appointments of a confidential file have none."
)
VOICE = Voice({"name": "", "phone": "", "hours": ""}, None)


def test_every_intent_is_classified_once() -> None:
    classified = [*table()["general"], *table()["personal"], *table()["mixed"]]
    assert len(classified) == len(set(classified))
    assert set(classified) == domain_intents() | {"nlu_fallback"}


def test_every_kind_of_fact_is_explained() -> None:
    told = {entry.tells for entry in entries().values()} - {GENERAL}
    assert told <= set(table()["kinds"])
    for channels in (table()["personal"] | table()["mixed"]).values():
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
        if audience.channel is Channel.sms and audience.level is not Level.link:
            assert allowed <= {"when", "where"}, intent


def test_the_agreed_word_by_sms_opens_the_pathway_the_contract_and_the_caseworker() -> None:
    worded = Audience(Channel.sms, Level.link)
    of_files = [*table()["personal"], *table()["mixed"]]
    assert {intent for intent in of_files if permitted(intent, worded) & {"who", "stage", "contract"}} == {
        "ask_pathway_status",
        "ask_caseworker",
        "ask_contract",
    }
    assert permitted("ask_contract", worded) == {"contract"}


def test_a_confidential_file_tells_no_place_and_no_name() -> None:
    for intent, audience, allowed in matrix():
        if audience.confidential:
            assert allowed & {"where", "who"} == set(), intent
            if audience.level is not Level.link:
                assert allowed == set(), intent


def test_the_fund_of_a_file_is_named_on_a_page_to_whoever_proved_who_they_are() -> None:
    everybody = [Audience(*heard) for heard in product(Channel, Level, (False, True))]
    told = {audience for audience in everybody if may_name_fund(audience)}
    assert told == {Audience(Channel.web, Level.code), Audience(Channel.web, Level.link)}


def test_nobody_hears_nothing_personal() -> None:
    for intent, audience, allowed in matrix():
        if audience.level is Level.nobody:
            assert allowed == set(), intent


def test_nothing_of_a_file_is_said_to_whoever_may_not_hear_it() -> None:
    """A mixed intent answers everybody; what it adds from a file is filtered all the same."""
    secret = [Saying(entry.name) for entry in entries().values() if entry.tells != GENERAL]
    open_to_all = Saying("ask_help")
    for intent in table()["mixed"]:
        for channel in Channel:
            verdict, heard = judge(intent, [*secret, open_to_all], Audience(channel, Level.nobody), VOICE)
            assert (verdict, heard) == (Verdict.said, [open_to_all]), intent


def test_the_table_can_be_read_by_everyone() -> None:
    """Written into docs/ for those who answer for it; a page that no longer says what the table says fails once."""
    page = "\n".join(rendered())
    before = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text(page)
    assert before == page, "docs/who-hears-what.md was behind the table: it is written anew, commit it"


def rendered() -> list[str]:
    kinds = [f"| {kind} | {told} |" for kind, told in table()["kinds"].items()]
    lines = [*HEADING, "## What there is to tell", "", "| kind | what it tells |", "| --- | --- |", *kinds, ""]
    for part, explained in PARTS.items():
        lines += [f"## {explained}", ""]
        if part == "general":
            lines += [", ".join(f"`{intent}`" for intent in table()["general"]) + ".", ""]
            lines += [FUND.format(levels=" or ".join(table()["fund"][Channel.web])), "", CARDS, ""]
            continue
        lines += [
            "| intent | channel | level | an ordinary file | a confidential file |",
            "| --- | --- | --- | --- | --- |",
        ]
        for intent, channel, level in product(table()[part], Channel, Level):
            told = [", ".join(sorted(permitted(intent, Audience(channel, level, hidden)))) for hidden in (False, True)]
            lines.append(f"| `{intent}` | {channel} | {level} | {told[0] or '–'} | {told[1] or '–'} |")
        lines.append("")
    return lines
