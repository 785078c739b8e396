"""The gazetteer and the lemmas, on sentences as the normaliser gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from hent_bot import pipeline
from hent_bot.extractor import entities
from hent_bot.folding import fold
from hent_bot.gazetteer import patterns, place_forms, trade_forms
from hent_bot.homographs import NEEDS_PREPOSITION, NEVER_WITHOUT_ARTICLE

ROOT = Path(__file__).resolve().parents[3]
COMMUNES = pipeline.read_communes(ROOT / "data/reference/communes_bretagne.csv")
TRADES = [
    {"code": "soudure", "label": "soudure", "names": ["soudeur", "Soudeuse"]},
    {"code": "soin", "label": "aide-soignant", "names": ["aide soignante"]},
    {"code": "cuisine", "label": "cuisine", "names": ["faire la plonge", "tailler les haies"], "things": ["cuisine"]},
    {"code": "menage", "label": "nettoyage", "names": ["agent d'entretien", "laveur de vitres"]},
]


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The pipeline as Rasa opens it: built, saved, loaded."""
    folder = tmp_path_factory.mktemp("spacy")
    pipeline.build(patterns([*COMMUNES, "carhaix"], TRADES)).to_disk(folder)
    return spacy.load(folder)


SENTENCES = [
    ("formation a brest", ["place brest"]),
    ("je cherche vers saint brieuc", ["place saint brieuc"]),
    ("je cherche vers st brieuc ?", ["place saint brieuc"]),
    ("une formation a ste anne d auray", ["place sainte anne d auray"]),
    ("je vis au faouet", ["place le faouet"]),
    ("pres du rheu", ["place le rheu"]),
    ("a l hermitage", ["place l hermitage"]),
    ("carhaix", ["place carhaix"]),
    # the longest name wins
    ("a la chapelle neuve", ["place la chapelle neuve"]),
    ("plouer sur rance", ["place plouer sur rance"]),
    ("saint jean brevelay", ["place saint jean brevelay"]),
    # homographs need a preposition of place, or to be alone
    ("melle dupont m a dit de venir", []),
    ("j habite a melle", ["place melle"]),
    ("paule est ma conseillere", []),
    # a street or a family is no town
    ("j habite au 12 rue de brest", []),
    ("boulevard de vitre c est la que j ai mon appart", []),
    ("avenue de brest a carhaix", ["place carhaix"]),
    ("mme combourg doit me rappeler", []),
    ("la mairie de combourg doit me rappeler", ["place combourg"]),
    # a room or a thing is no trade where nothing speaks of work
    ("la cuisine est inonde le proprio ne fait rien", []),
    ("je cherche une formation en cuisine", ["trade cuisine"]),
    ("cuisine", ["trade cuisine"]),
    ("ma cuisine", []),
    ("je tonds et je taille les haies", ["trade tailler les haies"]),
    ("j ai fait la plonge", ["trade faire la plonge"]),
    ("pres de paule", ["place paule"]),
    ("le chien de paule", []),
    ("la mairie de moulins", ["place moulins"]),
    ("moulins", ["place moulins"]),
    ("gael m a appele", []),
    ("je ne viens pas parce que je suis malade", []),
    ("il y a parce que je suis malade", []),
    ("je suis a parce", ["place parce"]),
    ("graces a vous", []),
    ("je suis sains et saufs", []),
    ("formation au palais", ["place le palais"]),
    ("c est le palais de justice", []),
    ("je travaille au palais de justice", []),
    ("au cours de la formation", []),
    ("j ai des cours", []),
    ("je le mene a l ecole", []),
    ("je sors de taule", []),
    ("on fait une treve", []),
    # trades
    ("soudeur a quimper", ["trade soudeur", "place quimper"]),
    ("on cherche des soudeuses", ["trade soudeuse"]),
    ("agents d entretien", ["trade agent d entretien"]),
    ("aides soignants", ["trade aide soignant"]),
    ("laveur de vitres a vitre", ["trade laveur de vitres", "place vitre"]),
    ("bonjour", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_places_and_trades_are_found_by_the_names_of_their_lists(
    nlp: Language, sentence: str, expected: list[str]
) -> None:
    assert [f"{one['entity']} {one['value']}" for one in entities(nlp(sentence))] == expected


def test_an_entity_says_where_it_stands(nlp: Language) -> None:
    (found,) = entities(nlp("vers st brieuc svp"))
    assert (found["start"], found["end"]) == (5, 14)


def test_every_commune_alone_in_a_message_is_found(nlp: Language) -> None:
    missed = [name for name in COMMUNES if [one["value"] for one in entities(nlp(fold(name)))] != [fold(name)]]
    assert missed == []


def test_every_homograph_is_a_form_of_a_commune() -> None:
    everyday = pipeline.read_everyday(ROOT / "data/reference/communes_everyday.yml")
    forms = {form for name in [*COMMUNES, *everyday] for form in place_forms(fold(name))}
    assert NEEDS_PREPOSITION - forms == set()
    assert NEVER_WITHOUT_ARTICLE - {fold(name) for name in COMMUNES} == set()


@pytest.mark.parametrize(
    ("words", "lemmas"),
    [
        ("j ai recu un courrier", "je avoir recevoir un courrier"),
        ("change changer", "changer changer"),
        ("cherche cherches cherchent", "chercher chercher chercher"),
        ("rdv caf", "rdv caf"),
    ],
)
def test_forms_of_a_word_share_a_lemma_without_their_accents(nlp: Language, words: str, lemmas: str) -> None:
    assert " ".join(token.lemma_ for token in nlp(words)) == lemmas


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("le faouet", ["le faouet", "faouet"]),
        ("saint malo", ["saint malo", "st malo"]),
        ("le saint", ["le saint", "le st"]),
        ("la trinite sur mer", ["la trinite sur mer", "trinite sur mer"]),
    ],
)
def test_a_commune_is_known_without_its_article_and_with_a_short_saint(name: str, forms: list[str]) -> None:
    assert place_forms(name) == forms


def test_a_trade_is_known_in_the_plural_once_or_throughout() -> None:
    assert trade_forms("aide soignant") == ["aide soignant", "aides soignant", "aides soignants"]
    assert trade_forms("btp") == ["btp", "btps"]


@pytest.mark.parametrize(("text", "folded"), [("L'Île-d'Arz", "l ile d arz"), ("  Vœu, ÉTÉ !", "voeu ete"), ("", "")])
def test_names_are_folded_as_texts_are(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_command_builds_a_pipeline_that_spacy_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "communes.csv").write_text("insee,name\n29019,Brest\n", encoding="utf-8")
    (tmp_path / "trades").mkdir()
    (tmp_path / "trades" / "metal.yml").write_text("- {code: s, label: soudure, names: [soudeur]}\n", encoding="utf-8")
    (tmp_path / "everyday.yml").write_text('carhaix: "29024"\n', encoding="utf-8")
    names = ["out", "communes.csv", "trades", "everyday.yml"]
    monkeypatch.setattr("sys.argv", ["pipeline", *(str(tmp_path / name) for name in names)])
    pipeline.main()
    found = entities(spacy.load(tmp_path / "out")("soudeur a brest ou carhaix"))
    assert [one["value"] for one in found] == ["soudeur", "brest", "carhaix"]
