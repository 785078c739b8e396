"""The normaliser: one spelling for Rasa, whatever the telephone, and the same in training and at run time."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from api.core.folding import fold
from api.core.normaliser import normalise
from api.core.normaliser.spelling import FOLDER, spelling

FILES = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))]
FORMS = [entry for file in FILES for entry in file.get("forms", {}).items()]
KEPT, HEARD, NEAR = ([word for file in FILES for word in file.get(table, ())] for table in ("kept", "heard", "near"))
PIECES = sorted({word for phrases in (spelling().forms, spelling().forms.values()) for p in phrases for word in p})
ODD = ["?", "/", "a/b", "12/05", "10:30", "3,50€", "100%", "👍🏽", "😂", "...", "'", "-", "c.a.f.", "!!!", "xxnumero"]
SENTENCES = st.lists(st.sampled_from([*PIECES, *ODD]), max_size=12).map(" ".join)

# Written with care, they stay as they are but for these, which mean the same.
CORRECT = (Path(__file__).parent / "correct.txt").read_text("utf-8").splitlines()
REWORDED = {
    "Y a-t-il un ascenseur ?": "il y a t il un ascenseur ?",
    "Mon frère entretient des jardins.": "mon frere entretien des jardins",
    "Les gamins du quartier jouent dehors.": "les enfants du quartier jouent dehors",
    "J'ai suivi les infos à la radio.": "j ai suivi les informations a la radio",
    "Un texto me suffit.": "un sms me suffit",
}

SHORT = {"rdv", "tel", "ordi", "appart", "info", "infos", "boulot", "help", "yes"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("c kan mon rdv", "c est quand mon rendez vous", id="c, kan, rdv"),
        pytest.param("C'est quand, mon rendez-vous ?", "c est quand mon rendez vous ?", id="the same, with care"),
        pytest.param("ct koi le num svp", "c etait quoi le numero s il vous plait", id="ct, koi, num, svp"),
        pytest.param("c ou ?", "c est ou ?", id="c before ou"),
        pytest.param("c a kel heure", "c est a quel heure", id="c before a"),
        pytest.param("jsui malade jpeu pa venir 2main", "je suis malade je peux pas venir demain", id="glued verbs"),
        pytest.param("g pa recu mon rsa ce moi ci", "j ai pas recu mon rsa ce mois ci", id="g"),
        pytest.param("jai pas compris", "j ai pas compris", id="a missing apostrophe"),
        pytest.param("pk la caf ma coupé tt mon rsa", "pourquoi la caf m a coupe tout mon rsa", id="pk, tt"),
        pytest.param("yapa de formation ds le coin ?", "il y a pas de formation dans le coin ?", id="yapa, ds"),
        pytest.param(
            "slt, jc pa koi faire pr la dtr", "salut je sais pas quoi faire pour la declaration trimestrielle"
        ),
        pytest.param("kel papié fo amené", "quel papiers faut amene", id="kel, papié"),
        pytest.param("je ss sans permis, ss voiture", "je suis sans permis sans voiture", id="ss: suis or sans"),
        pytest.param("sa va, sa fille va bien", "ca va sa fille va bien", id="sa: ça or hers"),
        pytest.param("formation permis C", "formation permis c", id="the licence C is no verb"),
        pytest.param("jen peu plu", "j en peux plus", id="a phrase wins over its parts"),
        pytest.param("formationnnn", "formation", id="drawn out at the end"),
        pytest.param("ouiiii merciii", "oui merci", id="drawn-out vowels"),
        pytest.param("elllle appellllle, assssistante", "elle appelle assistante", id="legitimate doubles"),
        pytest.param("RDVVVV", "rendez vous", id="drawn out, then expanded"),
        pytest.param("formasion", "formation", id="by ear: formation"),
        pytest.param("un randevou avec mon conseyé", "un rendez vous avec mon conseiller", id="by ear: rendez-vous"),
        pytest.param("alocasion, atestassion", "allocation attestation", id="by ear: -tion"),
        pytest.param("un bon conseil, des conseils", "un bon conseil des conseils", id="a real word is not misheard"),
        pytest.param("👍🏽", "oui", id="a thumb up, of any colour"),
        pytest.param("👎", "non", id="a thumb down"),
        pytest.param("🆘", "aide", id="a call for help"),
        pytest.param("merci 🌻👨‍👩‍👧", "merci", id="other emoji are dropped"),
        pytest.param("le 14/05 à 10:30, 3,50€ soit 10%", "le 14/05 a 10:30 3,50 € soit 10 %", id="figures"),
        pytest.param("R.S.A. et C.A.F", "rsa et caf", id="dotted acronyms"),
        pytest.param('/emergency_food{"a": 1}', "emergency food a 1", id="a command is only words"),
        pytest.param("///// 1/2", "1/2", id="slashes"),
        pytest.param("quoi ??? ? !", "quoi ?", id="one question mark"),
        pytest.param("xxnumero xxmail xxdate xxnom", "xxnumero xxmail xxdate xxnom", id="masks pass unchanged"),
        pytest.param("jnai pas lheure ni dargent", "je n ai pas l heure ni d argent", id="apostrophes left out"),
        pytest.param("il veu, vous pouver, il fo", "il veut vous pouvez il faut", id="endings by ear"),
        pytest.param("koman jfé", "comment je fais", id="verbs by ear"),
        pytest.param("jai pa u de nouvel", "j ai pas eu de nouvelles", id="no auxiliary to see"),
        pytest.param("sa fé 2 moi ke jatten", "ca fait 2 mois que j attends", id="months by ear"),
        pytest.param("jé pa compri ske jdoi fère", "j ai pas compris ce que je dois faire", id="jé, ske"),
        pytest.param("keskon me demande", "qu est ce qu on me demande", id="keskon"),
        pytest.param("jpe pa v'nir, jariv pa", "je peux pas venir j arrive pas", id="vowels left out"),
        pytest.param("jsé pa ou k c", "je sais pas ou est ce que c est", id="jsé"),
        pytest.param("ils mon koupé largen", "ils m ont coupe l argent", id="avoir by ear"),
        pytest.param("jsui alarue, jai fin", "je suis a la rue j ai faim", id="what is urgent, by ear"),
        pytest.param("il a plu, elle entretient la vanne", "il a plu elle entretient la vanne", id="real words"),
        pytest.param("quinper, st brieux, stmalo", "quimper saint brieuc saint malo", id="towns by ear"),
        pytest.param("ploermeur, malestroi", "ploemeur malestroit", id="towns with one letter wrong"),
        pytest.param("plombié ou coifeuse", "plombier ou coiffeuse", id="trades by ear"),
        pytest.param("o plu tar le 12", "au plus tard le 12", id="a limit by ear"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_people_are_read(written: str, read: str) -> None:
    assert normalise(written) == read


@pytest.mark.parametrize("sentence", CORRECT)
def test_what_is_rightly_written_is_only_folded(sentence: str) -> None:
    folded = " ".join(re.findall(r"[a-z0-9]+|\?", fold(sentence)))
    assert normalise(sentence) == REWORDED.get(sentence, folded)


def test_three_hundred_sentences_are_rightly_written() -> None:
    assert len(set(CORRECT)) >= 300
    assert set(REWORDED) <= set(CORRECT)


@given(st.text(st.characters(exclude_categories=())))
def test_any_unicode_is_read_lone_surrogates_too(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.one_of(st.text(), SENTENCES))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.one_of(st.text(), st.text("ab/.:,0é?! \n'👍"), SENTENCES))
def test_the_alphabet_is_small_and_no_text_commands_rasa(text: str) -> None:
    read = normalise(text)
    assert re.fullmatch(r"[a-z0-9 ?€%.,:/]*", read)
    assert not read.startswith("/")


@given(st.one_of(st.text(), SENTENCES))
def test_a_text_grows_at_most_twentyfold(text: str) -> None:
    assert len(normalise(text)) <= 20 * len(text)


@pytest.mark.parametrize("piece", ["a", "é ", "c ", "1/", "a.", "? ", "formasion ", "rendez ", "s il vous ", "👍"])
def test_ten_thousand_characters_do_not_hang_the_normaliser(piece: str) -> None:
    assert normalise(piece * (10_000 // len(piece)))


def test_a_written_form_has_one_meaning() -> None:
    written = Counter(form for _, all_forms in FORMS for form in all_forms)
    assert [form for form, count in written.items() if count > 1] == []
    assert set(written).isdisjoint([*(read for read, _ in FORMS), *KEPT, *HEARD, *NEAR])


def test_a_form_read_stands_in_one_file() -> None:
    assert [read for read, count in Counter(read for read, _ in FORMS).items() if count > 1] == []


def test_the_tables_are_folded() -> None:
    listed = [*KEPT, *HEARD, *NEAR, *(text for read, all_forms in FORMS for text in (read, *all_forms))]
    assert [text for text in listed if text != fold(text)] == []


def test_the_word_read_is_read_as_itself() -> None:
    assert [word for word in (*(read for read, _ in FORMS), *HEARD, *NEAR) if normalise(word) != word] == []


def test_every_commune_keeps_its_name() -> None:
    with (FOLDER.parent / "communes_bretagne.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert [name for name in names if normalise(name) != fold(name)] == []


def test_a_word_rightly_written_stays() -> None:
    """The words of our own texts, over a thousand, but those that stand for a longer or a plainer one."""
    texts = " ".join(path.read_text("utf-8") for path in (FOLDER.parents[1] / "texts").glob("*.yml"))
    said = re.sub(r"{{.*?}}|{%.*?%}", " ", texts)
    words = set(re.findall(r"\b[a-z]{2,}\b(?!:)", fold(said)))
    assert len(words) >= 1000
    assert {word for word in words if normalise(word) != word} <= SHORT
