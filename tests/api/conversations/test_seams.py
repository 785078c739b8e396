"""A message is cut where a second request may begin, and left whole where nothing of the kind is in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.seams import LEAST_WORDS, MOST, pieces
from api.core.normaliser import normalise


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("C'est quand mon rdv ? Et je touche combien ?", ["c est quand mon rendez vous", "et je touche combien"]),
        ("c koi mon rdv et jtouche combien", ["c est quoi mon rendez vous", "et je touche combien"]),
        ("où je vais lundi, comment je conteste", ["ou je vais lundi", "comment je conteste"]),
        ("annulez mon rdv\nje cherche un stage", ["annulez mon rendez vous", "je cherche un stage"]),
        (
            "c'est combien le RSA ? J'ai 24 ans, je cherche un stage",
            ["c est combien le rsa j ai 24 ans", "je cherche un stage"],
        ),
        ("c'est loin ? c'est long ?", ["c est loin", "c est long"]),
        ("J'ai mal au dos. J'ai aussi changé d'adresse.", ["j ai mal au dos", "j ai aussi change d adresse"]),
    ],
)
def test_a_second_request_may_begin_after_a_sentence_or_a_join(text: str, cut: list[str]) -> None:
    assert pieces(text) == cut


@pytest.mark.parametrize(
    "text",
    [
        "c'est quand mon rendez-vous",
        "lundi et mardi",
        "Et le RSA pour un couple, il est de combien ?",
        "Bonjour. Mon RSA ?",
        "merci !",
        "formation à Saint-Brieuc, en cuisine",
        "je suis malade et je peux pas venir demain",
        "On est deux avec un enfant. Combien va-t-on toucher ?",
        "le 3.12 à 9h, au bureau",
        "ou ca en est mon dossier. cest long la",
        "mon contrat est signé ? ça traîne",
        "et ya une aide pour le permis ? g 37 ans jai jamais pu",
        "Quelle est l'adresse de la CAF ? à Vannes",
        "",
        "b a. c d. e f. g h. i j. k l.",
    ],
)
def test_one_request_with_what_surrounds_it_stays_whole(text: str) -> None:
    assert pieces(text) == []


CLAUSES = [
    "bonjour",
    "merci",
    "c est quand",
    "je suis malade",
    "je cherche un stage",
    "combien je touche",
    "le lundi",
    "ok",
]
SEAMS = [", ", ". ", " et ", " ? ", "\n", " et aussi ", " "]


@given(st.lists(st.tuples(st.sampled_from(CLAUSES), st.sampled_from(SEAMS)), max_size=8))
def test_the_pieces_are_the_words_of_the_message_in_their_order(parts: list[tuple[str, str]]) -> None:
    text = "".join(clause + seam for clause, seam in parts)
    cut = pieces(text)
    assert len(cut) != 1
    assert len(cut) <= MOST
    assert all(len(piece.split()) >= LEAST_WORDS for piece in cut)
    assert not cut or " ".join(cut).split() == normalise(text).replace("?", "").split()


@pytest.mark.parametrize(
    "text",
    [
        "Je me suis séparée la semaine dernière. Que dois-je faire pour mon RSA ?",
        "mon fils est parti vivre chez son père, ça change quoi ?",
        "j'ai reçu 200 euros de moins. c'est normal ?",
    ],
)
def test_what_to_do_about_it_is_one_request_with_it(text: str) -> None:
    assert pieces(text) == []
