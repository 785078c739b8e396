"""What is asked of courses, services or an appointment that were shown is told by its words, as people type them."""

import pytest

from api.conversations.following import TOLD
from api.core.documents import read_folder
from api.knowledge.narrower import FOLDER, narrowly_asked, shown_for

ABOUT = {name: entry for name, entry in read_folder(FOLDER).items() if "about" in entry}


def said(text: str, last: str) -> str | None:
    found = narrowly_asked(text, [last])
    return found.says if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("faut un diplome ?", "course_diploma"),
        ("j'ai aucun diplome c'est bon ?", "course_diploma"),
        ("fo le bac ?", "course_diploma"),
        ("Quel niveau est demandé ?", "course_diploma"),
        ("on a un diplome a la fin ?", "course_outcome"),
        ("c diplômant ?", "course_outcome"),
        ("c'est loin ?", "course_place"),
        ("c ou exactement", "course_place"),
        ("c koi l'adresse", "course_place"),
        ("combien par mois ?", "course_pay"),
        ("c payé ?", "course_pay"),
        ("on touche combien", "course_pay"),
        ("C'est rémunéré ?", "course_pay"),
        ("faut payer ?", "course_cost"),
        ("c gratuit", "course_cost"),
        ("sa coute combien", "course_cost"),
        ("ça commence quand", "course_start"),
        ("kan sa comence", "course_start"),
        ("c'est long ?", "course_length"),
        ("sa dure combien", "course_length"),
        ("et pour les femmes c'est possible ?", "course_for_me"),
        ("jai 52 ans c trop tard ?", "course_for_me"),
        ("faut le permis ?", "course_for_me"),
        ("ya un bus pr y aller ?", "course_travel"),
        ("jai pas de voiture", "course_travel"),
        ("et si je parle pas bien francais", "course_french"),
        ("je ne parle pas bien le français", "course_french"),
        ("jai des enfants, ya une garde ?", "course_childcare"),
        ("je peux faire ca le soir / a mi temps", "course_pace"),
        ("c koi les horaires", "course_pace"),
        ("et si j'arrete en cours ?", "course_leave"),
        ("700h sa fait cb de mois", "course_months"),
        ("1540 heures c'est combien de mois", "course_months"),
        ("ça fait combien de semaines", "course_months"),
        ("sa represente kombien de mois", "course_months"),
        ("ya plus court ? genre 2 mois", "course_shorter"),
        ("c trop long", "course_shorter"),
        ("Vous n'avez pas une formation moins longue ?", "course_shorter"),
        ("g pas le permis ya une aide pour le passer ?", "course_licence"),
        ("jparle du permis de conduire. ya des aides ou pas", "course_licence"),
        ("et ya une aide pour le permis ? g 37 ans jai jamais pu", "course_licence"),
        ("jveux passer le permis mais c cher", "course_licence"),
        ("combien de mois pour avoir une réponse", None),
        ("le trajet est trop long", None),
        ("formation de chauffeur, permis C payé ?", None),
        ("d'autres", None),
        ("la deuxieme", None),
        ("et à Quimper ?", None),
        ("comment je m'inscris", None),
        ("plutot sans diplome", None),
        ("c'est trop loin", None),
        ("qui paie ?", None),
        ("et mon RSA ?", None),
        ("garde d'enfants", None),
        ("je cherche un travail", None),
        ("j'ai perdu mon permis", None),
        ("je veux passer le permis", None),
        ("arrêtez de m'envoyer des messages", None),
        ("vous etes ouverts le samedi ?", None),
        ("c'est quand mon rendez-vous", None),
        ("je touche combien de rsa", None),
    ],
)
def test_of_a_course(text: str, name: str | None) -> None:
    assert said(text, "training_detail") == name
    assert said(text, "course_cost") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("c'est qui isabelle ?", "help_who"),
        ("c quoi ce forum", "help_what"),
        ("ils font quoi exactement", "help_what"),
        ("faut payer ?", "help_fee"),
        ("c payant ?", "help_fee"),
        ("j'y vais direct ou je prends rdv ?", "help_access"),
        ("comment je fais", "help_access"),
        ("c'est ouvert quand ?", "help_open"),
        ("c koi les oraires", "help_open"),
        ("faut quoi comme papier ?", "help_papers"),
        ("et mon mari peut venir ?", "help_for"),
        ("c'est loin ?", "help_where"),
        ("c ou exactement", "help_where"),
        ("c dans quelle rue", "help_where"),
        ("et combien ils donnent ?", "help_sum"),
        ("merci. c quand le cours? le soir possible?", "help_open"),
        ("c possible en soirée", "help_open"),
        ("je veux dire la crèche elle accepte les gens qui travaillent pas encore ?", "help_takes"),
        ("la creche prend les gens au chomage", "help_takes"),
        ("c réservé aux salariés", "help_takes"),
        ("ils acceptent les chèques ?", None),
        ("qui prend en charge les gens ?", None),
        ("d'autres", None),
        ("à Quimper", None),
        ("c'est qui mon référent", None),
        ("vous êtes ouverts quand ?", None),
        ("faut quels papiers pour mon rdv", None),
        ("mon mari me frappe", None),
        ("garde d'enfants", None),
        ("mon rdv c'est quand", None),
        ("où en est mon dossier", None),
        ("je dors ou ce soir", None),
    ],
)
def test_of_a_service_that_helps(text: str, name: str | None) -> None:
    assert said(text, "support_item") == name
    assert said(text, "help_what") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("c'est pour quoi faire ?", "visit_why"),
        ("c koi le but", "visit_why"),
        ("il va se passer quoi", "visit_why"),
        ("ça dure combien de temps ?", "visit_until"),
        ("c long ?", "visit_until"),
        ("je peux venir avec ma fille ?", "come_with"),
        ("mon mari peut venir", "come_with"),
        ("c'est obligatoire ?", "not_coming"),
        ("je peux pas venir", None),
        ("je peux pas venir ma fille est malade", None),
        ("il se passe quoi si je viens pas", None),
        ("ça dure combien de temps le trajet", None),
    ],
)
def test_of_an_appointment(text: str, name: str | None) -> None:
    if name is None:
        assert said(text, "appointment_next") not in {"visit_why", "visit_until", "come_with"}
    else:
        assert said(text, "appointment_next") == name


@pytest.mark.parametrize("text", ["faut un diplome ?", "c'est loin ?", "faut payer ?", "c'est ouvert quand ?"])
def test_after_nothing_of_the_kind_they_ask_nothing_of_it(text: str) -> None:
    assert said(text, "housing_help") is None


@pytest.mark.parametrize(
    "text",
    [
        "mes enfan on fain",
        "mon mari ma taper devan les enfan",
        "Je ne peux pas acheter de lait pour mon bébé",
        "g pa de garde pr les enfan je peux pas venir",
        "l'adresse pour renvoyer le dossier",
        "c'est quel jour le virement",
    ],
)
@pytest.mark.parametrize("last", ["training_item", "support_item", "appointment_next"])
def test_what_is_said_of_something_else_is_left_to_the_rest(text: str, last: str) -> None:
    found = narrowly_asked(text, [last])
    assert found is None or found.about is None


@pytest.mark.parametrize("name", ABOUT)
def test_it_is_asked_where_its_facts_were_shown_and_nowhere_else(name: str) -> None:
    entry = ABOUT[name]
    assert shown_for(name) == entry["about"]
    assert set(TOLD[entry["about"]]) & set(entry["after"])
    assert not entry.get("anywhere")
    assert "instead_of" not in entry
