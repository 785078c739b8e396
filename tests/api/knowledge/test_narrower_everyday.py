"""One word, somebody else, what does not work, health: told by the words of invented people."""

import pytest

from api.knowledge.narrower import narrower_than, narrowly_asked


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("RSA", "word_rsa"), ("le rsa ?", "word_rsa"), ("aide", "ask_help"), ("help !!", "ask_help")),
        *(("au secours", "cry"), ("URGENT", "cry"), ("1", None), ("2.", None)),
        ("je suis l'éducatrice de monsieur X", "for_another"),
        ("je suis la maman de Kevin il a un rdv chez vous", "for_another"),
        ("je suis employeur je cherche quelqu'un", "other_callers"),
        ("combien coute un sms", "sms_cost"),
        ("on m'a piraté mon compte caf", "account_hacked"),
        ("on m'a volé mes papiers", "papers_stolen"),
        ("j'ai envoyé l'arret maladie ils disent qu'ils l'ont pas eu", "papers_not_received"),
        ("je bois trop", "addiction"),
        ("j'ai des problèmes de drogue", "addiction"),
        ("mon fils 19 ans fait rien", "word_youth"),
        ("titre de séjour expiré rdv prefecture dans 2 mois", "permit_ends"),
        ("la mission locale peut payer mon permis ?", "licence_who_pays"),
        ("j'ai pas de nouvelle pour la formation de soudeur", "course_news"),
        ("pole emploi m'a refusé ma formation", "course_news"),
        ("ya de la moisissure chez moi", "mould"),
        ("mon proprio veut vendre l'appart", "landlord_sells"),
        ("cadeaux de noel pour les enfants", "christmas_gifts"),
        ("aide pour payer les impots", "taxes"),
        ("jai 67 ans je touche le rsa depui 3 ans, je dois demander autre chose ?", "retirement"),
        ("mon chomage se finit le 15 décembre, je demande avant ou après ?", "unemployment_ends"),
        ("la cantine des enfants je dois 2 mois", "canteen"),
        ("permis à 1 euro par jour c'est pour les gens au rsa ?", "licence_who_pays"),
        ("on peut me couper le rsa si jarrive en retard ?", "not_coming"),
        ("c'est urgent je dors dehors ce soir", None),
        ("le rsa d'un couple", None),
        ("je suis la femme de ménage", None),
        ("mon mari boit et il me frappe", None),
        ("je bois pour ne plus penser à vivre", None),
        ("mon proprio veut me mettre dehors ce soir", None),
        ("une formation de peintre, pas de nouvelle du rsa", None),
        ("mon fils de 19 ans est parti de la maison, le dire à la caf ?", None),
    ],
)
def test_words_alone_tell_it(text: str, name: str | None) -> None:
    found = narrowly_asked(text)
    assert (found.says if found else None) == name


def test_within_a_topic() -> None:
    assert narrower_than("health_cover", "ma carte vitale marche plus") == "vitale"
    assert narrower_than("health_cover", "j'ai pas de mutuelle") == "health_cover"
    assert narrowly_asked("ils ont le droit de me couper en hiver ??") is None
    found = narrowly_asked("ils ont le droit de me couper en hiver ??", ["no_power"])
    assert found
    assert found.says == "no_power"
    assert narrower_than("housing_help", "chèque énergie 2026 pas reçu") == "energy_cheque"
