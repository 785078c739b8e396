"""What Hent says keeps to the house's French: short, vous, a number to call, no threat, two segments by SMS."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from api.commands.texts import Read, hardest_first
from api.core.documents import read_yaml
from api.core.folding import words
from api.knowledge.facts import KINDS
from api.privacy.audience import Channel
from api.texts.gsm import segments, to_gsm
from api.texts.library import SIMPLE, Entry, entries, for_farmers
from api.texts.readability import sentences as parted
from api.texts.schemas import Saying
from api.texts.service import offered, speak
from api.texts.voice import Voice
from tests.test_topics import domain_intents

HOURS = "du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h 30"
VOICE = Voice({"name": "Département d'Ille-et-Vilaine", "phone": "+33261910035", "hours": HOURS}, "35")
LONGEST_SENTENCE = 18
MEAN_SENTENCE = 12
SIMPLE_SENTENCE = 8
EASY, VERY_EASY = 60, 75
"""Flesch's figure in French (docs/readability.md). A newspaper has about 60; half of ours have 84 or more."""
MEASURED_WORDS = 20
"""Below, one long word ("rendez-vous") decides."""
NOTHING_IS_PASSED_ON = "Je ne transmets rien à la CAF ni à la MSA."
"""How a change of situation is answered, to the letter, in every form."""
TU = re.compile(r"\b(tu|toi|ton|tes|t'|tutoie)\b")
THREATS = re.compile(r"\b(sinon votre rsa|sera supprim|serez radi|vous perdrez|vous risquez de perdre)\b")
# No text was found that settles these: the monthly update of everybody, the days to give observations, the Région's
# sums for training, what the Conseil d'État decided on sanctions. The Christmas bonus has its own rule below.
UNSETTLED = re.compile(r"vous devez vous actualiser|dix jours|conseil d'état")
# A digit in a sentence is a fact: it belongs to data/reference with its source and its date.
DIGIT = re.compile(r"\d")
PLACEHOLDER = re.compile(r"{[{%].*?[%}]}", re.DOTALL)

SPOKEN_WITH_ANOTHER = {
    # Short words of conversation, and steps of identification: the page shows the number all along.
    *("greet", "goodbye", "thank", "affirm", "deny", "identified"),
    *("ask_number", "number_taken", "ask_birth_date", "code_sent"),
    *("answer_hidden", "choice_hidden"),
    # Said before a question or an answer that is said again.
    *("thank_in_between", "greet_in_between", "back_to_question", "said_more_simply", "danger_denied"),
    # Paragraphs of an answer that appointment_contact or the results themselves end with a number.
    *("appointment_today", "appointment_next", "appointment_at_office", "appointment_directions"),
    *("appointment_at_home", "appointment_with", "appointment_bring", "appointment_bring_nothing"),
    *("appointment_later", "training_found", "training_ask_trade", "training_ask_place", "training_which_place"),
    "training_choose",
    *("support_found", "support_ask_theme", "support_which_theme", "support_ask_place", "support_which_place"),
    "support_more_hint",
    # Paragraphs between search_job and job_next, which give the numbers.
    *("job_insertion", "job_global_support", "job_teams", "job_clauses", "job_remobilisation", "job_sponsor"),
    # Questions that are answered at once, and what is said before the question is asked again.
    *("cancel_which", "cancel_sure", "move_which", "slot_gone", "slots_not_then"),
    # Paragraphs that pathway_leads_on or caseworker_call ends with a number.
    *("pathway_waiting", "pathway_moved", "pathway_oriented", "pathway_under_way", "pathway_step"),
    *("pathway_unknown", "pathway_closed", "pathway_no_visit"),
    # Said after the promise of somebody, which gives the number.
    *("waiting_begins", "waiting_ask_number", "waiting_own_number"),
    *("caseworker_since", "caseworker_absent", "caseworker_hours", "caseworker_none"),
    # Said before reminder_reply or reminder_slots, which give the number.
    *(
        "reminder_three_days",
        "reminder_one_day",
        "reminder_missed",
        "reminder_never_convoked",
        "reminder_contract_ends",
    ),
}
SHOW_HOW_TO_WRITE = {"ask_birth_date", "birth_date_unreadable", "number_unreadable"}
"""They give an example of what to type."""
# What is said in other languages has rules of its own: tests/api/languages/test_known.py.
WRITTEN = [entry for entry in entries().values() if entry.language is None]
AT_MSA = [entry.at_msa for entry in WRITTEN if entry.at_msa]
FRENCH = [*WRITTEN, *AT_MSA]
FORMS = [(entry, channel) for entry in FRENCH for channel in Channel if entry.form(channel)]


def written(entry: Entry, channel: Channel, departement: str | None = "35", *, shortly: bool = False) -> str:
    voice = replace(VOICE, departement=departement, farming=entry in AT_MSA)
    return speak([Saying(entry.name, entry.example, shortly)], channel, voice).text


def named(value: Any) -> str:
    if not isinstance(value, Entry):
        return str(value)
    return f"{value.name}-msa" if value in AT_MSA else value.name


def sentences(text: str) -> Sequence[str]:
    # The opening hours are a table read aloud: they count as one word.
    return parted(text.replace(HOURS, "horaires"))


@pytest.mark.parametrize(("entry", "channel"), FORMS, ids=named)
def test_sentences_are_short(entry: Entry, channel: Channel) -> None:
    lengths = [len(words(sentence)) for sentence in sentences(written(entry, channel))]
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) / len(lengths) <= MEAN_SENTENCE


@pytest.mark.parametrize(
    "read",
    # A list of what the partnership calls its offers is no sentence.
    [one for one in hardest_first() if one.figures.words >= MEASURED_WORDS and one.entry.name != "search_job"],
    ids=lambda one: f"{one.entry.name}-{one.form}",
)
def test_what_is_said_is_easily_read(read: Read) -> None:
    assert read.figures.ease >= (VERY_EASY if "simple" in read.form else EASY)


@pytest.mark.parametrize(("entry", "channel"), FORMS, ids=named)
def test_vous_and_no_threat(entry: Entry, channel: Channel) -> None:
    text = written(entry, channel).lower()
    assert not TU.search(text)
    assert not THREATS.search(text)


@pytest.mark.parametrize(("entry", "channel"), FORMS, ids=named)
def test_there_is_always_a_number_to_call(entry: Entry, channel: Channel) -> None:
    has_number = "| phone" in (entry.form(channel) or "")
    assert has_number or entry.name in SPOKEN_WITH_ANOTHER


@pytest.mark.parametrize(("entry", "channel"), FORMS, ids=named)
def test_facts_are_named_not_written(entry: Entry, channel: Channel) -> None:
    digits = DIGIT.search(PLACEHOLDER.sub("", entry.form(channel) or ""))
    assert not digits or entry.name in SHOW_HOW_TO_WRITE


@pytest.mark.parametrize("departement", ["35", "29", "22"])
@pytest.mark.parametrize("entry", [entry for entry in FRENCH if entry.sms], ids=named)
def test_an_sms_takes_two_segments_at_most(entry: Entry, departement: str) -> None:
    text = written(entry, Channel.sms, departement)
    assert to_gsm(text) == text
    assert segments(text) <= 2


@pytest.mark.parametrize("departement", ["35", "29"])
@pytest.mark.parametrize("entry", [entry for entry in FRENCH if entry.simple], ids=named)
def test_what_is_said_more_simply_has_eight_words_a_sentence_and_fits_an_sms(entry: Entry, departement: str) -> None:
    text = written(entry, Channel.web, departement, shortly=True)
    short = sentences(text.removeprefix(NOTHING_IS_PASSED_ON))
    assert max(len(words(sentence)) for sentence in short) <= SIMPLE_SENTENCE
    assert segments(to_gsm(text)) <= 2
    assert not TU.search(text.lower())
    assert not THREATS.search(text.lower())
    assert "| phone" in (entry.simple or "")
    assert not DIGIT.search(PLACEHOLDER.sub("", entry.simple or ""))


@pytest.mark.parametrize("name", ["report_change", "report_bank"])
def test_whoever_reports_a_change_hears_first_that_nothing_is_passed_on(name: str) -> None:
    entry = entries()[name]
    assert entry.at_msa
    for form in (entry.web, entry.sms, entry.simple, entry.at_msa.web, entry.at_msa.sms, entry.at_msa.simple):
        assert (form or "").startswith(NOTHING_IS_PASSED_ON)


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize(("departement", "msa"), [("29", "02 98 85 79 79"), ("35", "vos courriers")])
def test_whoever_reports_a_change_hears_when_and_every_number(channel: Channel, departement: str, msa: str) -> None:
    entry = entries()["report_change"]
    text = written(entry, channel, departement)
    assert re.search(r"[Rr]apidement|vite", text)
    assert all(number in text for number in ("3230", msa, "02 61 91 00 35", "caf.fr", "msa.fr", "3 mois"))


@pytest.mark.parametrize("channel", Channel)
def test_whoever_is_held_back_hears_that_a_reason_counts_and_is_asked_before_it_is_noted(channel: Channel) -> None:
    entry = entries()["report_hindrance"]
    assert "motif valable compte" in written(entry, channel)
    assert "motif valable compte" in (entry.simple or "")
    assert [button.words for button in entry.choices[:2]] == [("yes",), ("no",)]


@pytest.mark.parametrize("entry", AT_MSA, ids=named)
@pytest.mark.parametrize("departement", ["22", "29", "35", "56", None])
def test_whoever_has_the_rsa_from_the_msa_is_not_sent_to_the_caf(entry: Entry, departement: str | None) -> None:
    for text in (*(written(entry, channel, departement) for channel in Channel), entry.simple or ""):
        said = text.removeprefix(NOTHING_IS_PASSED_ON)
        assert not re.search(r"\bCAF\b|caf\.fr|numbers\.caf|3230", said)
    assert "MSA" in entry.web or "msa.fr" in entry.web


def test_what_sends_people_to_the_caf_has_words_for_the_msa() -> None:
    """Letters are explained by whoever wrote them, and what is kept is the same for all."""
    sends = {entry.name for entry in WRITTEN if re.search(r"numbers\.caf|caf\.fr", entry.web + (entry.sms or ""))}
    # The CAF's own address, and what it is, are asked for by its name.
    assert sends - {entry.name for entry in AT_MSA} == {"ask_letter", "office_caf", "word_caf"}


def test_words_for_the_msa_belong_to_a_text() -> None:
    forms = for_farmers()
    assert set(forms) <= set(entries())
    assert all({"web", "sms"} <= set(own) <= {"web", "sms", "simple"} for own in forms.values())
    # Simple words that name the CAF would reach whoever has nothing to do with it.
    assert all("simple" in own or "CAF" not in (entries()[name].simple or "") for name, own in forms.items())


@pytest.mark.parametrize(("entry", "channel"), FORMS, ids=named)
def test_what_is_not_established_is_not_said(entry: Entry, channel: Channel) -> None:
    assert not UNSETTLED.search((entry.form(channel) or "").lower())


def test_the_christmas_bonus_is_promised_to_nobody_before_its_sum_is_known() -> None:
    named = {entry.name for entry in FRENCH if "prime de noël" in "".join(entry.forms().values()).lower()}
    assert named == {"christmas_bonus", "bonus_ask", "bonus_sum"}
    for name in named:
        for entry in (entries()[name], entries()[name].at_msa):
            assert entry
            told = [written(entry, channel) for channel in Channel]
            assert all(re.search("je ne (sais|connais) pas encore", text.lower()) and "€" not in text for text in told)


def test_simpler_words_belong_to_a_text() -> None:
    assert set(read_yaml(SIMPLE)) <= set(entries())


@pytest.mark.parametrize("entry", [entry for entry in entries().values() if entry.choices], ids=named)
def test_buttons_are_few_and_lead_somewhere(entry: Entry) -> None:
    assert len(entry.choices) <= 4
    known = domain_intents() | {"correct_number", "repeat", "waiting", "ask", "mean", "nlu_fallback"}
    assert {button.intent for button in entry.choices} <= known
    shown = offered(Saying(entry.name, entry.example), VOICE)
    assert shown, "the example shows its buttons"
    assert len(shown) <= 4
    assert all(len(button.title) <= 40 for button in shown)


@pytest.mark.parametrize(
    "fact", [fact for known in KINDS.values() for fact in known().values()], ids=lambda fact: fact.name
)
def test_every_fact_has_a_source_and_a_day_to_check_it(fact: Any) -> None:
    for _, stated in fact.everywhere():
        assert all(one.source and one.valid_from < one.review_by for one in stated)


@pytest.mark.parametrize("name", ["pathway_leads_on", "caseworker_call", "ask_contract", "ask_obligations"])
def test_an_answer_about_the_pathway_leads_on_to_work_or_training(name: str) -> None:
    shown = offered(Saying(name, entries()[name].example), VOICE)
    assert {button.intent for button in shown} & {"search_training", "search_job"}
