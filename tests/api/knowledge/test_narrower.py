"""One thing within a topic is told by its words, and what leans on our last answer by that answer too."""

import pytest

from api.conversations.learning.giving import ROOT, learnt
from api.core.documents import read_folder
from api.knowledge.narrower import FOLDER, intent_asked, narrower_than, narrowly_asked
from api.texts.library import entries
from tests.test_topics import domain_intents

WRITTEN = read_folder(FOLDER)


def said(text: str, *last: str) -> str | None:
    found = narrowly_asked(text, last)
    return found.says if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("et si j'y vais pas ?", "not_coming"),
        ("jai rdv si jy vai pa il se pass koi", "not_coming"),
        ("Est-ce que ma fille peut venir traduire ?", "come_with"),
        ("jpeu venir avec kelkun", "come_with"),
        ("si je me plains elle va me couper le rsa ???", "complain_safe"),
        ("plus de courant avec un bébé", "no_power"),
        ("le garage me demande 680 euros pour ma voiture, vous aidez ?", "car_repair"),
        ("j'ai 10 jours pour me défendre", "before_decision"),
        ("lettre de suspension-remobilisation, je fais quoi", "before_decision"),
        ("si je signe pas il se passe quoi", "not_signing"),
        ("Je garde le RSA sans contrat ?", "no_contract"),
        ("j'ai droit au chômage aussi ?", "unemployment"),
        ("je sors de prison, le rsa revient tout seul ?", "prison_money"),
        ("et si lui il demande avec son nom à lui vous lui dites mon rdv ?", "others_told"),
        ("mon ex a eu mon adresse, il peut demander ici ?", "others_told"),
        ("je pars deux mois au Maroc, le rsa continue ?", "abroad"),
        ("j'ai perdu mon mot de passe caf", "lost_access"),
        ("un mail me demande mon mot de passe caf, je suis bloqué", "scam_asked"),
        ("g deja mi mon num de carte bleu", "scam_given"),
        ("un mec m'a appelé pour mon CPF il veut mes codes c'est bizarre", "scam_asked"),
        ("La CAF m'annonce un contrôle à domicile jeudi. J'ai le droit de refuser ?", "caf_control"),
        ("ils disent que je vis avec quelqu'un mais mon ex vient juste voir les enfants", "lives_alone"),
        ("Ils disent aussi que c'est une fausse déclaration, j'ai juste oublié la pension", "fraud_accused"),
        ("si j'ai la AAH je perds le RSA ? ou les deux ensemble", "aah_and_rsa"),
        ("le docteur dit je dois demander RQTH mdph, je sais pas comment faire", "word_disability_at_work"),
        ("on m'a parlé de l'ASPA, à qui il faut s'adresser pour la demander ?", "retirement"),
        ("est-ce que je dois signer le contrat moi aussi ou juste mon mari ?", "couple_contract"),
        ("ma femme Mariam elle a rdv aussi ou c'est le même ?", "for_another"),
        ("je serai hospitalisé le jour de mon rendez-vous, il faut prévenir qui ?", "sick_that_day"),
        ("mon rdv de la semaine prochaine peut se faire par téléphone ?", "remote"),
        ("qui paie la caution, j'ai rien de côté", "deposit"),
        ("une domiciliation ça se demande où", "word_postal_address"),
        ("mon ex paie plus la pension alimentaire depuis 3 mois", "child_support"),
        ("et la cantine, c'est gratuit avec le RSA ?", "canteen"),
        ("mon diplôme d'Ukraine il compte en France ?", "foreign_diploma"),
        ("permis géorgien bon pour travail en France ?", "foreign_licence"),
        ("ma carte de séjour finit le 20 décembre, le rsa va être coupé ?", "permit_ends"),
        ("je trouve pas de médecin, tous disent pas de place nouveau patient", "doctor"),
        ("un endroit peut prendre ma mère quelques jours que je souffle ?", "respite"),
        ("c'est payant d'appeler ce numéro ?", "call_cost"),
        ("l'audience c'est passé déjà, j'ai pas été j'avais peur", "hearing_missed"),
        ("je sui pa alé a l odience", "hearing_missed"),
        ("Je ne me suis pas présenté au tribunal la semaine dernière.", "hearing_missed"),
        ("si je rate l'audience il se passe quoi", None),
        ("j'ai raté mon rdv j'étais au tribunal", None),
        ("j'ai raté mon rdv avec mon conseiller", None),
        ("j'ai un rendez-vous mardi que je ne peux honorer, j'ai les obsèques de ma mère. Que faire ?", "mourning"),
        ("jenterre mon pere demain jpeu pa venir o rdv jfé koi", "mourning"),
        ("j'ai un enterrement jeudi, veuillez annuler mon entretien", None),
        ("mon tel est mort jpeux pas venir", None),
        ("ma voiture est morte je peux pas venir au rdv", None),
        ("mon conseiller est décédé, mon rdv c'est avec qui", None),
        ("et si le conseiller m'appelle pas avant le 2 ?", "no_call"),
        ("sil mapel pa jfé koi", "no_call"),
        ("si personne me rappelle je fais quoi", "no_call"),
        ("mon ex m'appelle pas si je dis rien", None),
        ("ne m'appelez pas, je fais quoi du courrier", None),
        ("mon mari doit signer le bail aussi ?", None),
        ("ma mère m'a donné son numéro de téléphone", None),
        ("L'huissier vient nous expulser demain", None),
        ("c'est combien le RSA", None),
        ("y a un garage pas cher vers Loudéac", None),
        ("si j'oublie un papier c'est grave ?", None),
        ("et si je rate l'examen du permis ?", None),
        ("l'équipe pluridisciplinaire a décidé de me couper", None),
        ("je n'ai plus droit au chômage, je peux avoir le RSA ?", None),
    ],
)
def test_words_alone_tell_it(text: str, name: str | None) -> None:
    assert said(text) == name


@pytest.mark.parametrize(
    ("last", "text", "name"),
    [
        ("christmas_bonus", "faut faire une demande ?", "bonus_ask"),
        ("christmas_bonus", "c combien pr 1 couple 3 enfants", "bonus_sum"),
        ("letter_ask_day", "et si je veux pas ?", "letter_refused"),
        ("pathway_waiting", "je continue à toucher mes sous ?", "keep_money"),
        ("appointment_next", "on me coupe ?", "keep_money"),
        ("appointment_next", "c'est obligé ?", "not_coming"),
        ("appointment_next", "et si je peux pas ?", "not_coming"),
        ("appointment_next", "et si j'oublie ?", "not_coming"),
        ("pathway_closed", "Donc je suis radié ?", "removed"),
        ("rsa_declaration", "et si je l'ai pas fait je risque quoi", "late_declaration"),
        ("ask_contract", "un seul pour les deux ?", "couple_contract"),
        ("caf_control", "quels papiers préparer ?", "caf_control"),
        ("emergency_shelter", "c'est gratuit ?", "call_cost"),
        ("eviction", "j'y suis pas allé, c'est trop tard ?", "hearing_missed"),
        ("fraud_accused", "je risque la prison ?", "fraud_accused"),
        ("rsa_amount", "et si on est 3 ?", "household_amount"),
        ("rsa_amount", "c combien avec 2 gosses", "household_amount"),
        ("household_amount", "et avec les allocations ?", "amount_and_benefits"),
        ("rsa_amount", "et les apl", "amount_and_benefits"),
        ("rsa_suspended", "combien ils enlèvent", "sanction_sum"),
        ("ask_letter", "ils peuvent couper tout le rsa ?", "sanction_sum"),
        ("rsa_suspended", "ça dure combien de temps", "sanction_time"),
        ("sanction_sum", "ca reprend kan", "sanction_time"),
        ("rsa_suspended", "et mon mari ?", "sanction_family"),
    ],
)
def test_a_short_question_leans_on_our_last_answer(last: str, text: str, name: str) -> None:
    assert said(text, last) == name
    assert said(text) is None
    assert said(text, "housing_help") is None


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("rsa_amount", "j'ai pas reçu mes apl"),
        ("rsa_amount", "qui garde mes enfants"),
        ("rsa_suspended", "mon mari me frappe"),
        ("rsa_suspended", "mon mari a trouvé du travail"),
        ("rsa_suspended", "combien de temps pour contester"),
        ("ask_letter", "j'ai une dette de 300 euros, ils enlèvent combien depuis"),
    ],
)
def test_what_looks_like_a_follow_up_and_is_none(last: str, text: str) -> None:
    assert said(text, last) is None


def test_some_follow_ups_are_asked_of_rasa_by_their_intent() -> None:
    assert intent_asked("c loin ?", ["appointment_next"]) == "ask_appointment_place"
    assert intent_asked("ya un bus", ["appointment_next"]) == "ask_appointment_place"
    assert intent_asked("c'est trop loin", ["appointment_next"]) is None
    assert intent_asked("c loin ?", ["housing_help"]) is None


@pytest.mark.parametrize("text", ["HUMAIN", "humain svp", "Humain.", "human"])
def test_the_word_that_our_cards_name_asks_for_a_person_at_any_moment(text: str) -> None:
    assert intent_asked(text, []) == "request_human"
    assert intent_asked(f"{text} ou machine ?", []) is None
    assert said("c loin ?", "appointment_next") is None


def test_a_long_message_says_itself_what_it_is_about() -> None:
    long = "Je voudrais savoir si une demande est nécessaire pour la carte de bus de mes deux enfants cette année"
    assert said(long, "christmas_bonus") is None


@pytest.mark.parametrize(
    ("general", "text", "name"),
    [
        ("rsa_eligibility", "je suis algérien avec un titre de séjour d'un an, j'ai droit au rsa ?", "foreign_permit"),
        ("rsa_eligibility", "j'ai 26 ans, j'ai droit au rsa ?", "rsa_eligibility"),
        ("ask_obligations", "jai une rqth je dois faire les 15h ?", "hours_adapted"),
        ("ask_obligations", "chercher du travail chez moi ça compte ?", "hours_count"),
        ("ask_obligations", "c'est quoi les 15 heures", "ask_obligations"),
        ("rsa_declaration", "je mets le net ou le brut ?", "declare_what"),
        ("ask_training_rsa", "je reprends une licence à la fac, je perds le rsa ?", "student"),
        ("housing_help", "assignation pour les loyers impayés, j'ai droit à un avocat ?", "eviction"),
        ("housing_help", "je m'y prends comment pour une demande de logement hlm", "social_housing"),
        ("ask_obligations", "je m'occupe de ma mère, ça compte ?", "carer_hours"),
        ("missed_appointment", "ma grand mère est morte j'ai pas pu venir", "mourning"),
        ("missed_appointment", "mon tel est mort j'ai pas pu venir", "missed_appointment"),
    ],
)
def test_a_general_answer_gives_way_to_a_narrower_one(general: str, text: str, name: str) -> None:
    assert narrower_than(general, text) == name


@pytest.mark.parametrize("name", WRITTEN)
def test_what_it_names_exists(name: str) -> None:
    entry = WRITTEN[name]
    says = set() if entry.get("asks") else {entry.get("says", name)}
    named = {*says, *entry.get("instead_of", ()), *entry.get("after", ())}
    assert named <= set(entries())
    assert entry["intent"] in domain_intents()
    assert entry.get("anywhere") or entry.get("instead_of") or entry.get("after")


def test_what_is_asked_anywhere_takes_little_from_what_is_learnt() -> None:
    """A sentence of another intent may ask it too: nine of 20,400 do, most of them of a letter that threatens."""
    told = [
        (file.stem, narrowly_asked(text))
        for file in sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
        for text in learnt(file)
    ]
    taken = [(intent, one.says) for intent, one in told if one and one.intent != intent]
    assert len(taken) <= 0.0006 * len(told), taken
