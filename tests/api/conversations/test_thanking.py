"""Thanks and goodbyes beside a request do not hide it, and stay where they are all that is said."""

import pytest

from api.conversations.thanking import without_thanks


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("bon ok annule le et merci t'es gentil, bonne soirée", "bon ok annule le ,"),
        ("ok merci. et ca prend combien de temps ?", "ok . et ca prend combien de temps ?"),
        ("Merci beaucoup. C'est quand mon rendez-vous ?", ". C'est quand mon rendez-vous ?"),
        ("j'ai trouvé du travail, merci pour tout", "j'ai trouvé du travail,"),
        ("merci de me rappeler demain", "merci de me rappeler demain"),
        ("merci beaucoup pour votre aide", "merci beaucoup pour votre aide"),
        ("ok merci", "ok merci"),
        ("merci au revoir", "merci au revoir"),
        ("je sais me servir d'un ordinateur, merci bien. Je perds mon temps", ", . Je perds mon temps"),
        ("Mais je sais déjà lire et écrire. Je cherche une formation", ". Je cherche une formation"),
        ("je sais lire mais pas ecrire, vous pouvez m'aider", "je sais lire mais pas ecrire, vous pouvez m'aider"),
        ("je sais pas me servir d'un ordinateur, je fais quoi", "je sais pas me servir d'un ordinateur, je fais quoi"),
        ("je sais me servir d'un ordinateur", "je sais me servir d'un ordinateur"),
        ("je remercie ma conseillère", "je remercie ma conseillère"),
    ],
)
def test_only_what_hides_a_request_is_left_out(text: str, rest: str) -> None:
    assert without_thanks(text, is_asked=False) == rest


def test_one_word_answers_an_open_question() -> None:
    assert without_thanks("oui merci bonne soirée", is_asked=True) == "oui"
    assert without_thanks("merci", is_asked=True) == "merci"
