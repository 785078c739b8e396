"""Ordinary questions of every day, told by their words: data/reference/narrower/daily.yml and income.yml."""

import pytest

from api.knowledge.narrower import narrower_than
from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "wrong_person",
            [
                "c pas moi cette personne",
                "j'ai reçu le rdv d'un autre",
                "vous vous trompez de numero jsui pas cette dame",
            ],
        ),
        (
            "change_caseworker",
            [
                "je veux changer de conseiller",
                "jme suis disputé avec ma référente jveux en changer",
                "jpeu changer de referent ?",
            ]
            + ["j'ai demandé un autre référent ya 2 mois"],
        ),
        (
            "woman_adviser",
            ["je préfère une femme", "jveux une conseillère pas un homme", "c possible davoir rdv avec une femme"],
        ),
        (
            "women_place",
            [
                "y a une place pour femmes seulement ?",
                "ya un foyer ke pour les femmes",
                "un accueil réservé aux femmes, ça existe ?",
            ],
        ),
        (
            "visit_purpose",
            [
                "le premier rdv c'est pour quoi faire",
                "qu'est ce qu'on va me demander au rendez vous",
                "le rdv sa sert a koi",
            ],
        ),
        (
            "visit_length",
            ["le rdv ça dure combien de temps", "combien de temps dure l'entretien", "le rdv sa dure longtemp ?"],
        ),
        ("not_coming", ["le rdv c'est obligatoire ?", "le rdv est obligatoire", "c obligatoire le rdv ?"]),
        (
            "child_that_day",
            [
                "et si j'ai personne pour garder mes enfants le jour du rdv",
                "jai pas de nounou pr le rdv je fais comment",
            ],
        ),
        ("office_caf", ["comment joindre ma caf", "le numéro de la caf", "c koi le num de la caf"]),
        (
            "office_france_travail",
            ["numero france travail stp", "comment contacter france travail", "le tel de france travail"],
        ),
        (
            "call_mission_locale",
            ["le numero de la mission locale", "comment joindre la mission locale", "tel mission locale svp"],
        ),
        (
            "call_health_insurance",
            ["c koi le num de la cpam", "comment joindre la sécu", "numéro de l'assurance maladie"],
        ),
        ("cannot_read", ["je sais pas lire", "jsé pa lire", "j'avoue je sais pas bien lire"]),
        ("bus_fares", ["le bus c combien avec le rsa", "carte korrigo gratuite", "réduction TER avec le rsa ?"]),
        (
            "expired_card",
            [
                "ma carte d'identité est périmée je peux demander le rsa",
                "jai pas de piece didentité jpeu avoir le rsa ?",
            ],
        ),
        ("prison_ask", ["je sors de prison je peux demander le rsa", "sorti de taule jai droit au rsa ?"]),
        ("sanction_now", ["est ce que j'ai une sanction en cours ?", "jvoudrai savoir si jai une sanction"]),
        (
            "suspended_since",
            [
                "mon rsa est suspendu depuis quand et pour combien",
                "jsui suspendu pour combien de temps",
                "la suspension dure jusqu'à quand",
            ],
        ),
    ],
)
def test_whom_to_ask_and_what_an_appointment_is(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "temp_month",
            ["jfais des missions interim jdois declarer quel mois", "mon salaire je le déclare sur quel mois ?"],
        ),
        (
            "temp_hours",
            [
                "je travaille en intérim, est-ce que les 15 heures tiennent toujours",
                "jai une mission intérim faut prévenir mon référent ?",
            ]
            + ["je bosse en interim ma mission ca compte ds les 15h ?"],
        ),
        ("hours_count", ["jai un stage ça compte ?", "je fais du bénévolat ca compte"]),
        (
            "civic_service",
            [
                "je fais un service civique ça compte ?",
                "service civique et rsa c possible",
                "jgarde le rsa en service civique ?",
            ],
        ),
        (
            "job_found",
            [
                "jai trouvé un cdi je fais quoi",
                "g trouvé du taf fo faire koi",
                "j'ai signé un CDD, je dois prévenir qui ?",
            ],
        ),
        (
            "youth_contract",
            ["je suis au cej et au rsa je peux avoir les 2 ?", "le cej ou le rsa c lequel ki est mieux"],
        ),
        ("bonus_at_work", ["jai recu une prime ça se déclare ?", "ma prime du patron je dois la déclarer ?"]),
        (
            "family_gift",
            [
                "ma mère m'aide financièrement",
                "mes parents me donnent de l'argent ça compte ?",
                "ma soeur ma preté de largent",
            ],
        ),
        (
            "sold_things",
            ["je vends sur vinted", "j'ai vendu des trucs sur le bon coin", "jvend mes habits sur vinted fo le dire ?"],
        ),
        ("owner", ["je suis propriétaire", "jsui proprietaire jai droit au rsa ?", "j'ai une maison à moi"]),
        (
            "separation",
            [
                "on se sépare je garde le rsa ?",
                "jme separe, jai droit au rsa toute seule ?",
                "si je divorce je perds le rsa ?",
            ],
        ),
        (
            "own_account",
            [
                "je veux mon propre compte",
                "l'argent va sur le compte de mon mari",
                "le rsa est versé sur son compte à lui",
            ],
        ),
        ("no_bank", ["jai pas de compte bancaire", "la banque refuse de m'ouvrir un compte", "g pa de rib"]),
        (
            "couple_begins",
            [
                "je suis en couple depuis peu faut le dire ?",
                "jai un copain jdoi le declarer ?",
                "j'ai un copain, faut le dire à la caf ?",
            ],
        ),
        ("stop_rsa", ["je veux arreter le rsa", "jveux plus du rsa", "comment sortir du rsa"]),
        ("abroad", ["je pars 3 semaines à l'étranger", "jpar 15 jours o maroc", "je vais un mois au pays"]),
    ],
)
def test_work_money_and_the_household(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    "text",
    [
        "c'est pas moi qui ai fait le courrier",
        "je veux changer de banque",
        "je déménage, faut changer de référent ?",
        "comment s'appelle ma conseillère",
        "ma femme a rdv demain",
        "je cherche un emploi de femme de ménage",
        "je voudrais un rendez-vous",
        "mon rendez-vous de mardi, c'est pour quoi faire",
        "le rendez-vous c'est quand",
        "combien de temps faut attendre pour avoir un rendez-vous",
        "la formation dure combien de temps",
        "mon numéro allocataire caf",
        "la caf répond pas",
        "mon numéro de sécu a changé",
        "je sais pas lire la lettre du département",
        "je voudrais apprendre à lire",
        "ya un bus pour aller au rdv ?",
        "l'accueil est ouvert pour les femmes enceintes ?",
        "j'ai reçu une lettre, on me menace d'une sanction",
        "je cherche une mission d'intérim",
        "je cherche un stage",
        "je cherche un service civique",
        "j'ai trouvé un travail",
        "je commence un cdi lundi",
        "c'est quoi la prime d'activité",
        "la prime de noël ça se déclare ?",
        "mon fils me parle plus",
        "mon propriétaire veut me mettre dehors",
        "on se sépare, il me frappe",
        "je me suis séparée",
        "je veux m'installer à mon propre compte",
        "un nouveau compte bancaire",
        "je veux arrêter l'atelier",
        "je veux sortir du rsa en trouvant un emploi",
        "je pars vivre à l'étranger",
        "je ne suis pas propriétaire du véhicule",
        "je suis locataire",
    ],
)
def test_what_means_something_else_is_left_alone(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("general", "text", "name"),
    [
        ("report_change", "jsui enceinte", "pregnant"),
        ("rsa_eligibility", "enceinte à 19 ans j'ai droit au rsa ?", "pregnant_rsa"),
        ("rsa_eligibility", "jai 24 ans jai droit au rsa", "young"),
        ("rsa_eligibility", "j'ai 34 ans, j'ai droit au rsa ?", "rsa_eligibility"),
        ("rsa_eligibility", "mon fils de 20 ans a droit au rsa ?", "rsa_eligibility"),
        ("report_change", "jai hérité", "inheritance"),
        ("report_change", "mes enfants ont grandi ça change quoi", "grown_children"),
        ("report_change", "j'ai trouvé un travail, que dois-je faire ?", "job_found"),
        ("report_change", "j'ai changé d'adresse", "report_change"),
        ("rsa_declaration", "j'ai pas internet pour déclarer", "no_internet"),
    ],
)
def test_a_general_answer_gives_way(general: str, text: str, name: str) -> None:
    assert narrower_than(general, text) == name


def test_a_first_request_under_the_usual_age_leans_on_our_last_answer() -> None:
    assert said("et si j'ai 22 ans ?", "rsa_eligibility") == "young"
    assert said("et si j'ai 22 ans ?") is None
