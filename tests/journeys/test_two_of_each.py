"""Two of each process on one PostgreSQL: both work, and when one of each dies nobody notices but by delay."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.conversations import leases
from tests.journeys.twins import Proxied, Twins, doubled
from tests.stack import Stack

pytestmark = pytest.mark.stack

PEOPLE = 12
QUESTIONS = ("bonjour", "je cherche une formation de soudeur autour de Brest", "merci pour votre aide") * 3


@pytest.fixture(scope="module")
def twins(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    with doubled(stack, tmp_path_factory.mktemp("twins")) as made:
        yield made


def people(twins: Twins) -> list[Proxied]:
    """Half of them on each site."""
    sites = (twins.stack.url, twins.url)
    return [Proxied(sites[number % 2], sites) for number in range(PEOPLE)]


def talk(person: Proxied, asked: threading.Semaphore) -> list[dict[str, Any]]:
    """Ask everything, one after the other; what was written and said, in order."""
    for question in QUESTIONS:
        person.say(question)
        asked.release()
    return person.transcript()


def is_answered_once(transcript: list[dict[str, Any]]) -> bool:
    """Each question is followed by its own answers, and the same one is answered alike each time."""
    spoken = [(message["author"], message["text"]) for message in transcript]
    questions = [text for author, text in spoken if author == "person"]
    places = [place for place, (author, _) in enumerate(spoken) if author == "person"] + [len(spoken)]
    answers = [tuple(spoken[here + 1 : there]) for here, there in zip(places, places[1:], strict=False)]
    alike = all(answers[place] == answers[place % 3] for place in range(3, len(answers)) if place % 3 == 1)
    return questions == list(QUESTIONS) and all(answers) and alike


def test_two_of_each_share_the_work_and_each_question_has_one_answer(twins: Twins) -> None:
    before = [twins.turns(name) for name in ("worker", "second worker")]
    with ThreadPoolExecutor(PEOPLE) as crowd:
        transcripts = list(crowd.map(talk, people(twins), [threading.Semaphore(0)] * PEOPLE))
    assert [is_answered_once(transcript) for transcript in transcripts] == [True] * PEOPLE
    did = [twins.turns(name) - known for name, known in zip(("worker", "second worker"), before, strict=True)]
    assert sum(did) == PEOPLE * len(QUESTIONS)
    assert min(did) > PEOPLE


def test_one_of_each_freezes_under_load_and_goes_on_when_others_have_its_work(twins: Twins) -> None:
    asked = threading.Semaphore(0)
    with ThreadPoolExecutor(PEOPLE) as crowd:
        talks = crowd.map(talk, people(twins), [asked] * PEOPLE)
        for _ in range(2 * PEOPLE):
            asked.acquire()
        twins.freeze()
        time.sleep(leases.LASTS.total_seconds() + 2)
        twins.thaw()
        transcripts = list(talks)
    assert [is_answered_once(transcript) for transcript in transcripts] == [True] * PEOPLE


def test_one_of_each_dies_under_load_and_nobody_notices_but_by_delay(twins: Twins) -> None:
    asked = threading.Semaphore(0)
    with ThreadPoolExecutor(PEOPLE) as crowd:
        talks = crowd.map(talk, people(twins), [asked] * PEOPLE)
        for _ in range(2 * PEOPLE):
            asked.acquire()
        twins.kill()
        transcripts = list(talks)
    assert [is_answered_once(transcript) for transcript in transcripts] == [True] * PEOPLE
