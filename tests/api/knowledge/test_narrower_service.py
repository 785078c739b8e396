"""Coming to the service, and what people are told that they must: told by the words of invented people."""

import pytest

from api.knowledge.narrower import narrower_than, narrowly_asked


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("c accessible en fauteuil", "accessible"),
        ("Y a-t-il un ascenseur chez vous ? Je suis en béquilles.", "accessible"),
        ("je parle pas bien français il y a un traducteur ?", "interpreter"),
        ("il faut un interprete pr mon rdv", "interpreter"),
        ("jpeux venir au rdv avec mon bb", "come_with"),
        ("un agent va venir chez moi", "caf_control"),
        ("un sms me demande de payer 2 euros", "scam_asked"),
        ("j'ai demandé le rsa il y a 3 mois toujours rien", "rsa_pending"),
        ("pas de nouvelles de ma demande de rsa", "rsa_pending"),
        ("je suis dépressif j'arrive plus à rien", "low_mood"),
        ("g pas le moral en ce moment", "low_mood"),
        ("garde d'enfants pendant la formation", "childcare_busy"),
        ("j'ai eu 200 euros de moins", "rsa_lower"),
        ("on me demande d'aller à un atelier c'est obligatoire ?", "workshop_must"),
        ("mon logement est accessible en fauteuil", None),
        ("je veux devenir interprète", None),
        ("un agent immobilier vient chez moi", None),
        ("je veux payer mon loyer, j'ai reçu un sms", None),
        ("demande de logement toujours rien", None),
        ("ma mère est en dépression", None),
        ("dépression, je dois faire les 15 heures ?", None),
        ("j'ai 200 euros de moins de loyer", None),
        ("quand est ce que je touche le rsa ce mois ci", None),
    ],
)
def test_words_alone_tell_it(text: str, name: str | None) -> None:
    found = narrowly_asked(text)
    assert (found.says if found else None) == name


def test_whether_one_must_sign_is_answered_by_yes_or_no() -> None:
    assert narrower_than("ask_contract", "c'est obligatoire le contrat d'engagement ?") == "contract_must"
    assert narrower_than("ask_contract", "c'est quoi un contrat d'engagement") == "ask_contract"
