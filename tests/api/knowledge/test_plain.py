"""What words alone tell is told rightly, and leaves to Rasa what people say of anything else."""

import pytest

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.knowledge.plain import FILE, asks
from tests.test_topics import examples

SAID = {
    "christmas_bonus": ["et la prime de Noël ?", "prime 2 noel c kan", "y a une prime de fin d'année pour le rsa"],
    "report_bank": ["g changé de RIB", "j'ai un nouveau compte en banque", "Mes coordonnées bancaires ont changé."],
    "what_next": ["et après ça se passe comment", "c koi la suite", "Quelles sont les étapes ensuite ?"],
    "own_contract": ["quand finit mon contrat", "mon cer il est valable jusqu'à quand"],
    "office_hours": ["vous êtes ouverts le samedi ?", "à quelle heure ouvre le CDAS", "vs ete ouver samdi svp"],
    "office_open": ["c'est ouvert quand", "bonjour, horaires d'ouverture ?", "C'est ouvert le 24 décembre ?"],
    "office_place": ["c'est où la maison du département", "adresse de la CAF de Vannes", "c ou le cdas"],
    "own_visits": ["c'est quoi mes rdv maintenant ?", "c kan mon rdv", "mes rdv cé kan", "jé koi com rdv"],
    "old_visit": [
        "je veux mon ancien rdv 9h30",
        "remettez 9h30 svp",
        "non en fait garde celui du 3",
        "finalmen je vien",
    ],
    "keep_visit": ["je garde 9h45", "laissez comme ça", "jveu pa annulé"],
    "move_visit": ["je veux le reporter", "pas annuler, changer la date"],
    "no_callback": [
        *("non jai pas demandé quon me rappele, annule le rappel", "annulez ce rappel je vous dis"),
        *("pas besoin kon mrapel", "jveu pa etre rapeler", "finalement pas la peine de me rappeler"),
    ],
}
ELSEWHERE = [
    *(("no_callback", text) for text in ("ne m'appelez pas le matin", "il me rappelle pas", "et si vs me rapelé pa")),
    ("no_callback", "j'ai besoin qu'on me rappelle, je comprends pas"),
    ("no_callback", "je veux annuler mon rdv, besoin qu'on me rappelle"),
    ("no_callback", "vous ne m'avez pas rappelé"),
    ("own_visits", "quel bus pour mon rdv"),
    ("own_visits", "c'est quoi mes droits"),
    ("own_visits", "c'est quand mon rdv chez le médecin"),
    ("old_visit", "vous pouvez remettre mon rsa"),
    ("old_visit", "je dois remettre mon rdv à plus tard"),
    ("old_visit", "mon ancien conseiller est parti"),
    ("keep_visit", "je garde mes enfants ce jour-là"),
    ("keep_visit", "est-ce que je garde mes droits"),
    ("move_visit", "je peux reporter le paiement de mon loyer"),
    ("christmas_bonus", "Ma prime de fin d'année n'a pas été payée par mon patron."),
    ("what_next", "et après mon entretien ?"),
    ("own_contract", "mon cer se termine faut le renouveler comment"),
    ("office_hours", "la formation est ouverte aux débutants, vous êtes sûrs ?"),
    ("office_hours", "Fermez ce questionnaire, je vous prie."),
    ("office_open", "c'est ouvert à tous cette formation ?"),
    ("office_open", "les restos du coeur c'est ouvert quand"),
    ("office_place", "c'est où mon rendez-vous avec France Travail"),
    ("office_place", "j'ai changé d'adresse, je le dis à la CAF ?"),
    ("office_place", "où en est ma demande à la CAF"),
]
TAKEN = {
    "christmas_bonus": {"rsa_amount", "rsa_payment_date", "rsa_declaration"},
    "office_hours": {"request_human", "greet", "ask_help", "ask_appointment_place"},
    "office_open": {"request_human", "ask_appointment_place"},
    "office_place": {"ask_appointment_place", "request_human"},
    "own_visits": {"ask_next_appointment"},
}
"""Intents of which a sentence may be answered before Rasa: they have no answer of their own to it."""


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, texts in SAID.items() for text in texts])
def test_words_tell_what_is_asked(what: str, text: str) -> None:
    assert asks(what, text)


@pytest.mark.parametrize(("what", "text"), ELSEWHERE)
def test_the_same_words_about_something_else_do_not(what: str, text: str) -> None:
    assert not asks(what, text)


@pytest.mark.parametrize("what", TAKEN)
def test_what_rasa_is_taught_of_other_things_is_left_to_it(what: str) -> None:
    other = [text for intent, texts in examples().items() if intent not in TAKEN[what] for text in texts]
    assert [text for text in other if asks(what, text)] == []


def test_each_phrase_can_be_met() -> None:
    listed = [
        phrase
        for entry in read_yaml(FILE).values()
        for phrases in (*entry.get("holds", ()), entry.get("begins", ()), entry.get("without", ()))
        for phrase in phrases
    ]
    assert [phrase for phrase in listed if normalise(phrase) != phrase] == []
