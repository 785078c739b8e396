"""By SMS choices are lines with a number: they fit, each number answers its own, and PLUS leads to the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.choosing import Offered, chosen
from api.privacy.audience import Channel
from api.texts.gsm import segments, to_gsm
from api.texts.library import Button, Entry, entries
from api.texts.numbering import MORE, NUMBER, numbered
from api.texts.schemas import Saying
from api.texts.service import offered, speak, speak_more
from tests.test_content import VOICE

OFFERING = [entry for entry in entries().values() if entry.sms and entry.choices and entry.language is None]
TITLES = st.text("abcdefghijklm éà", min_size=3, max_size=40).map(str.strip).filter(bool)
OTHERS = st.builds(Button, TITLES, st.just("greet"))


def answers(buttons: tuple[Button, ...]) -> list[Offered]:
    return [Offered(button.title, button.words) for button in buttons]


def pages(text: str, buttons: tuple[Button, ...]) -> list[tuple[str, tuple[Button, ...]]]:
    """Each message that somebody who answers PLUS to the end reads."""
    read = [numbered(text, buttons)]
    while MORE in read[-1][1]:
        shown = read[-1][1]
        read.append(numbered("D'autres choix :", shown[shown.index(MORE) + 1 :]))
    return read


def test_choices_are_lines_and_the_last_one_says_what_to_answer() -> None:
    text, buttons = numbered("Que voulez-vous ?", [Button("Être rappelé", "a"), Button("Voir les aides", "b")])
    assert text == "Que voulez-vous ?\n1 Etre rappelé\n2 Voir les aides\nRépondez 1 ou 2."
    assert [chosen(said, answers(buttons)) for said in ("1", "le deuxième", "voir les aides", "3")] == [0, 1, 1, None]


def test_yes_and_no_need_no_line() -> None:
    yes, no = Button("Oui, demander", "a", words=("yes",)), Button("Non", "b", words=("no",))
    text, buttons = numbered("Je demande ?", [yes, no, Button("Voir les aides", "c")])
    assert text == "Je demande ?\n3 Voir les aides\nRépondez OUI, NON ou 3."
    assert [chosen(said, answers(buttons)) for said in ("oui", "nn", "3", "1")] == [0, 1, 2, None]


@pytest.mark.parametrize(
    "text",
    [
        "Je demande ? Répondez OUI ou NON.",
        "Autre date : répondez DATE.",
        "Lequel ?\n1 : mardi\n2 : jeudi",
        "1. Soudeur",
        "Répondez par son numéro.",
        "Répondez :\nun pour oui",
        "To speak to a person, write HUMAIN.",
    ],
)
def test_a_text_that_says_how_to_answer_stays_as_it_is(text: str) -> None:
    buttons = (Button("Oui", "a", words=("yes",)), Button("Non", "b", words=("no",)))
    assert numbered(text, buttons) == (text, buttons)


def test_answering_a_letter_is_not_answering_us() -> None:
    text, _ = numbered("Répondez au courrier avant sa date.", [Button("Voir les aides", "a")])
    assert text.endswith("1 Voir les aides\nRépondez 1.")


def test_without_choices_nothing_is_added() -> None:
    assert numbered("Bonjour.", ()) == ("Bonjour.", ())


@given(st.integers(0, 500), st.lists(OTHERS, min_size=1, max_size=9, unique_by=lambda button: button.title))
def test_no_line_costs_a_third_segment_and_nothing_is_lost(length: int, buttons: list[Button]) -> None:
    text = "a" * length
    read = pages(text, tuple(buttons))
    assert all(segments(page) <= max(2, segments(text)) for page, _ in read)
    assert all(to_gsm(page) == page for page, _ in read)
    shown = [button.title for _, page in read for button in page[: page.index(MORE) if MORE in page else None]]
    assert shown == [button.title for button in buttons]


@given(st.lists(OTHERS, min_size=1, max_size=9, unique_by=lambda button: button.title), st.integers(0, 320))
def test_a_number_answers_what_stands_beside_it_and_no_other_number_does(buttons: list[Button], length: int) -> None:
    text, offer = numbered("a" * length, buttons)
    for number in range(1, 10):
        place = chosen(str(number), answers(offer))
        line = next((line for line in text.splitlines() if line.startswith(f"{number} ")), None)
        listed = any(NUMBER in button.words for button in offer)
        if listed:
            assert (place is None) is (line is None)
            assert place is None or line == to_gsm(f"{number} {offer[place].title}")


@pytest.mark.parametrize("entry", OFFERING, ids=lambda entry: entry.name)
def test_every_offer_by_sms_says_how_to_answer(entry: Entry) -> None:
    text = speak([Saying(entry.name, entry.example)], Channel.sms, VOICE).text
    said_by_hand = "Pour revenir" in text or "Ou écrivez" in text
    phone_alone = all("phone" in button.words for button in offered(Saying(entry.name, entry.example), VOICE))
    assert "épondez" in text or said_by_hand or phone_alone


@pytest.mark.parametrize("entry", OFFERING, ids=lambda entry: entry.name)
def test_no_answer_takes_a_third_segment_for_its_choices(entry: Entry) -> None:
    spoken = speak([Saying(entry.name, entry.example)], Channel.sms, VOICE)
    read = [spoken.text]
    while MORE in spoken.buttons:
        spoken = speak_more(spoken.buttons[spoken.buttons.index(MORE) + 1 :], VOICE)
        read.append(spoken.text)
    assert max(map(segments, read)) <= 2
