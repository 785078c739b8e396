"""What is typed in answer to a question of ours chooses what it says, and nothing that it does not."""

import pytest

from api.conversations.choosing import Offered, chosen
from api.texts.library import PARTS

YES_NO = [Offered("Oui, annuler", ("yes",)), Offered("Non, je garde", ("no",))]
HOURS = [
    Offered("mardi 1er décembre à 9 h 30", (PARTS,)),
    Offered("mardi 1er décembre à 14 h", (PARTS,)),
    Offered("jeudi 3 décembre à 10 h", (PARTS,)),
    Offered("D'autres dates", ("autres", "d autres")),
]


@pytest.mark.parametrize(
    "text", ["oui", "Oui !", "OUI", "oui merci", "ouii", "ok", "d'accord", "👍", "ouais", "c'est bon", "ui svp", "dac"]
)
def test_a_yes_in_any_way_of_writing(text: str) -> None:
    assert chosen(text, YES_NO) == 0


@pytest.mark.parametrize(
    "text", ["non", "nn", "Non merci", "nan", "surtout pas", "👎", "laisse tomber", "pas maintenant"]
)
def test_a_no_in_any_way_of_writing(text: str) -> None:
    assert chosen(text, YES_NO) == 1


@pytest.mark.parametrize(
    "text",
    [
        "oui mais à quelle heure ?",
        "je ne sais pas",
        "c'est quand mon rendez-vous",
        "12",
        "merci",
        "",
        "oui non",
        "0",
        "!?",
    ],
)
def test_what_is_no_answer_is_left_to_the_assistant(text: str) -> None:
    assert chosen(text, YES_NO) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0), ("le 2", 1), ("le deuxième", 1), ("la 3eme svp", 2), ("je prends le premier", 0), ("numéro 3", 2),
        ("le dernier", 3), ("jeudi", 2), ("celui de 14h", 1), ("mardi à 9h30", 0), ("plutôt jeudi 10 h", 2),
        ("non jeudi", 2), ("pas mardi, jeudi", 2), ("jeudi pas mardi", 2), ("pourquoi pas jeudi", 2),
        ("pas 9h30, 14h", 1), ("jeudi 10h ça ira", 2), ("2 celui de 14h", 1), ("le 3 jeudi svp", 2),
        ("3 le jeudi 3", 2), ("mardi à 14h ça me va", 1), ("le dernier ça me va", 3),
        ("pardon, je voulais dire jeudi", 2), ("d'autres dates", 3), ("autres", 3), ("Jeudi 3 décembre à 10 h", 2),
    ],
)  # fmt: skip
def test_a_choice_by_its_number_or_its_words(text: str, place: int) -> None:
    assert chosen(text, HOURS) == place


@pytest.mark.parametrize(
    "text",
    [
        "mardi",
        "oui",
        "non",
        "5",
        "vendredi",
        "demain",
        "décembre",
        "pas jeudi",
        "non pas jeudi",
        "surtout pas le jeudi",
    ],
)
def test_what_fits_two_choices_or_none_chooses_none(text: str) -> None:
    assert chosen(text, HOURS) is None


@pytest.mark.parametrize(
    "text", ["je veux un rdv", "c'est qui mon conseiller", "où est le conseiller", "une formation de cuisine"]
)
def test_little_words_choose_no_button(text: str) -> None:
    offered = [Offered("Formations près de Quimper"), Offered("Prendre rendez-vous"), Offered("Parler à un conseiller")]
    assert chosen(text, offered) is None


@pytest.mark.parametrize("text", ["la 2", "1", "mon contrat", "conseiller", "oui"])
def test_buttons_that_ask_nothing_are_typed_whole(text: str) -> None:
    offered = [Offered("Renouveler mon contrat"), Offered("Parler à un conseiller")]
    assert chosen(text, offered) is None
    assert chosen("renouveler mon contrat", offered) == 0
    assert chosen("qui paie", [*offered, Offered("Qui paie ?")]) == 2


def test_nothing_is_chosen_where_nothing_is_offered() -> None:
    assert chosen("oui", []) is None


UNDO = [Offered("Où est-ce ?"), Offered("Revenir à l'ancienne date", ("undo",))]


@pytest.mark.parametrize(
    "text",
    [
        *("en fait remet l'ancien rdv", "je me suis trompé je voulais pas changer", "annule le changement"),
        *("remetez comme avant svp", "Revenir à l'ancienne date", "fo pa chang jme sui trompé", "je veux le garder"),
    ],
)
def test_what_was_just_done_is_taken_back(text: str) -> None:
    assert chosen(text, UNDO) == 1


@pytest.mark.parametrize("text", ["où est-ce", "c'est où", "merci", "je me suis trompé de numéro", "il est quand"])
def test_what_asks_something_else_takes_nothing_back(text: str) -> None:
    assert chosen(text, UNDO) != 1


def test_nothing_is_taken_back_where_it_is_not_offered() -> None:
    assert chosen("remettez comme avant", YES_NO) is None


CHANGES = [Offered("Oui", ("yes",)), Offered("Je le garde", ("no", "keep")), Offered("Autre date", ("date", "move"))]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *((text, 1) for text in ("je garde 9h45", "jgarde 9h45 c bon", "laissez comme ça", "annulez pas jvé venir")),
        ("Non, je ne veux pas annuler, je veux le reporter.", 2),
        ("nn jveu pa annulé jveu juste reporté", 2),
        ("je souhaite plutôt le décaler", 2),
        ("je ne veux pas reporter, je veux annuler", None),
        ("j'ai déjà reporté mon loyer", None),
        ("je garde les enfants ce jour là", None),
        ("je garde mon petit fils mercredi", None),
        ("je peux pas le garder", None),
    ],
)
def test_whether_an_appointment_stays_or_moves_is_told_in_a_sentence(text: str, place: int | None) -> None:
    assert chosen(text, CHANGES) == place


@pytest.mark.parametrize(
    "text", ["je dois remettre mon rdv à plus tard", "je reprends le travail lundi", "remettez le la semaine prochaine"]
)
def test_what_puts_off_or_begins_takes_nothing_back(text: str) -> None:
    assert chosen(text, UNDO) is None
