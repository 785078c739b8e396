import hashlib
from collections import Counter
from pathlib import Path

import pytest
import yaml

from api.bench.stock import project

FROZEN = {
    "appointments.yml": "4fde17e58fb982a9958aaf089f5243ecc302b32502d4e042e937aca54ffcbb17",
    "conversation.yml": "daeeccacd344815c37c2557ff4b29f65f716aa8afa85478bf112f510508b840a",
    "letters.yml": "69daff51f7bb20fad586e729adf34504927fd3214f69cd3a5e06fe993807b38d",
    "pathway.yml": "3aaad61bc7e51492d299993c7c88074bff4e71e739f260e2ba61def869d4959b",
    "people.yml": "b8946d30a0581f93a905e1891597ea3c3a0c2e8f3c0f015dd199abffbe086165",
    "rights.yml": "d8c6978115f4f7e05aabfc26195a736ba7e0c1e7a1b9a92edd1b3164025750b6",
    "support.yml": "cf5a339ad582723dda88fcf063dd473af521561664250aaf66664f390a3e9347",
    "training.yml": "39a051188e7cfd7bd706873c8fdf46ddde8b666ea4f5d66a87f70cef275baa62",
    "urgent.yml": "a1c57fe8c6c8c239d112cfc81722ab2fbb4f1ff40963119b437deb5b8c795d3b",
}
"""SHA-256 of each file as it was frozen in November 2026: figures of two dates compare with one reference."""


def test_examples_are_those_that_were_frozen() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (project.HERE / "nlu").iterdir()}
    assert found == FROZEN


def test_each_intent_has_fifteen_examples() -> None:
    for file in (project.HERE / "nlu").iterdir():
        for entry in yaml.safe_load(file.read_text())["nlu"]:
            assert len(entry["examples"].splitlines()) == 15, entry["intent"]


def test_each_intent_has_one_response_and_one_story_of_one_turn() -> None:
    names = project.intents()
    assert max(Counter(names).values()) == 1
    assert set(project.domain(names)["responses"]) == {f"utter_{name}" for name in names}
    told = [story["steps"] for story in project.stories(names)["stories"]]
    assert told == [[{"intent": name}, {"action": f"utter_{name}"}] for name in names]


def test_only_the_question_that_is_asked_has_a_date_for_answer() -> None:
    responses = project.domain(project.intents())["responses"]
    assert [name for name, said in responses.items() if project.ANSWER in said[0]["text"]] == [
        "utter_ask_next_appointment"
    ]


def test_the_project_has_no_action_no_store_and_the_rest_channel_alone(tmp_path: Path) -> None:
    project.write(tmp_path)
    assert "actions" not in yaml.safe_load((tmp_path / "domain.yml").read_text())
    assert yaml.safe_load((tmp_path / "endpoints.yml").read_text()) == {}
    assert list(yaml.safe_load((tmp_path / "credentials.yml").read_text())) == ["rest"]


def test_the_kept_model_is_for_the_same_inputs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    before = project.fingerprint()
    assert project.fingerprint() == before
    monkeypatch.setattr(project, "ANSWER", "Votre rendez-vous est demain.")
    assert project.fingerprint() != before
