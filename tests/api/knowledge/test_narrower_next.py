"""What is asked next: a short question is answered by what our last answer was about."""

import pytest

from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("after", "text", "name"),
    [
        ("rsa_overpayment", "ils vont prendre tout d'un coup ?", "debt_rhythm"),
        ("rsa_overpayment", "je comprend pas pourquoi", "debt_why"),
        ("appeal_decision", "ils répondent en combien de temps", "appeal_answer_time"),
        ("appeal_decision", "je dois mettre quoi dans la lettre", "appeal_words"),
        ("rsa_declaration", "et si j'ai rien gagné je mets rien", "declare_zero"),
        ("young", "jsuis enceinte de 4 mois", "pregnant_rsa"),
        ("self_employed", "donc c'est la CAF ou la MSA qui me paye ?", "farm_fund"),
        ("self_employed", "et si je garde ma ferme, on va m'obliger à chercher un emploi ?", "own_work_kept"),
        ("emergency_violence", "et les petits je peux les prendre avec moi", "leave_with_children"),
        ("emergency_violence", "je peux pas appeler il entend", "cannot_call"),
        ("emergency_violence", "et ou je dors avec eux si je pars", "leave_to_where"),
        ("emergency_shelter", "ils peuvent m'expulser l'huissier", "eviction"),
        ("housing_help", "et si je commence a payer 50 euros par mois ca compte ?", "rent_plan"),
        ("housing_help", "même en hiver ?", "winter_truce"),
        ("hours_adapted", "Qui décide de l'exemption ?", "hours_judged"),
        ("missed_appointment", "jai pas de certificat c grave ??", "no_proof"),
        ("missed_appointment", "vs allez me couper le rsa", "not_coming"),
        ("report_move", "et mon rdv ici je le garde ?", "moved_visit"),
        ("appointment_by_video", "la video ca marche comment jai juste un tel", "video_how"),
    ],
)
def test_a_short_question_leans_on_our_answer(after: str, text: str, name: str) -> None:
    assert said(text, after) == name
    assert said(text) != name or name in {"winter_truce", "eviction"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("la caf me retient 80 euros tous les mois jusqu'à quand", "debt_rhythm"),
        ("c la treve hivernale non ?", "winter_truce"),
        ("l'APL elle est coupée quand on paye plus le loyer ?", "rent_benefit"),
        ("on m'a parlé du FSL c koi exactement et qui fait la demande", "housing_fund"),
        ("si l'huissier vient prendre mes meubles il a le droit ?", "furniture_seized"),
        ("l'huissier il a mis commandement de payer, 2 mois pour payer, apres c koi", "eviction"),
        ("ils peuvent m'expulser quand", "eviction"),
        ("on me demande de signer un contrat d'engagement. Puis-je refuser ?", "not_signing"),
        ("je suis pas d'accord avec mon orientation", "orientation_wrong"),
        ("j'ai reçu un courrier pour un rendez-vous d'orientation, est-ce obligatoire ?", "not_coming"),
        ("CAF monsieur venir maison mardi", "caf_control"),
    ],
)
def test_some_say_by_themselves_what_they_ask(text: str, name: str) -> None:
    assert said(text) == name


@pytest.mark.parametrize(
    ("after", "text", "name"),
    [
        ("move_slots", "Février c'est loin, y a plus tôt ?", "earlier_date"),
        ("callback_done", "elle va savoir pourquoi elle m'appelle ?", "call_purpose"),
        ("emergency_distress", "le 3114 c'est anonyme ou pas ?", "line_secret"),
        ("emergency_distress", "si j'appelle ils vont prévenir ma fille ?", "line_secret"),
        ("rsa_suspended", "combien vous m'enlevez et quand", "sanction_sum"),
        ("greet", "arabe ou dari vous parler ?", "interpreter"),
        ("greet", "comment je demande la pension alimentaire si il paye rien", "child_support"),
        ("greet", "je suis partie de chez mon mari, le rsa c'est sur ses revenus aussi ?", "separation"),
    ],
)
def test_what_testers_asked_next(after: str, text: str, name: str) -> None:
    assert said(text, after) == name
