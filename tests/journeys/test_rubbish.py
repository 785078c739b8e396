"""Whatever comes in over HTTP is answered, or refused in French; nothing is broken afterwards."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.journeys.crowd import SEARCH, assert_answered_once
from tests.journeys.playing import OnTheWeb, heard
from tests.journeys.records import Records
from tests.stack import Person, Stack, until

pytestmark = pytest.mark.stack

ANSWERED = {
    "emoji only": "👍🙏😭",
    "one sign": "?",
    "a command of Rasa": "/restart",
    "an intent of Rasa": '/ask_next_appointment{"place": "Brest"}',
    "a command behind spaces": " \n /session_start",
    "HTML": "<script>alert('formation')</script><img src=x onerror=alert(1)>",
    "a template": "{{ authority.__class__ }} {% for x in [1] %}x{% endfor %}",
    "SQL": "'; DROP TABLE messages; -- formation",
    "a zero-width joiner inside words": "for\u200dma\u200dtion sou\u200ddeur à Br\u200dest",
    "right to left": "\u202eruojnob\u202c",
    "a NUL and control signs": "bon\x00jour \x07\x1b[31m",
    "4,000 signs": "formation " * 399,
    "one word of 4,000 signs": "a" * 4000,
    "digits without end": "1" * 4000,
    "numbers without end": "06 39 98 " * 440,
    "dates without end": "1/2/" * 1000,
    "addresses without end": "a@a." * 1000,
    "brackets without end": "([{<" * 1000,
    "another writing": "Здравствуйте, когда моя встреча? موعدي",
}

REFUSED: dict[str, tuple[Any, set[int]]] = {
    "10,000 signs": ({"text": "a" * 10_000}, {413}),
    "nothing": ({"text": ""}, {422}),
    "no text": ({}, {422}),
    "spaces": ({"text": " \n\t\u00a0 "}, {422}),
    "a zero-width joiner alone": ({"text": "\u200d"}, {422}),
    "a number for a text": ({"text": 12}, {422}),
    "a list for a text": ({"text": ["bonjour"]}, {422}),
    "null": ({"text": None}, {422}),
    "an id that is none": ({"id": "moi", "text": "bonjour"}, {422}),
    "a choice that is none": ({"text": "bonjour", "choice": "oui"}, {422}),
    "a forged choice": ({"text": "bonjour", "choice": str(uuid4())}, {422}),
}

BODIES: dict[str, tuple[bytes, set[int]]] = {
    "not JSON": (b"bonjour", {422}),
    "half of JSON": (b'{"text": "bon', {422}),
    "a list": (b"[]", {422}),
    "a string": (b'"bonjour"', {422}),
    "no UTF-8": (b'{"text": "\xff\xfe"}', {400, 422}),
    "half a surrogate": (b'{"id": "%s", "text": "\\ud83d"}' % str(uuid4()).encode(), {422}),
    "a deep nest": (b"[" * 30_000, {400, 422}),
    "1 MB": (b"a" * 1_000_000, {413}),
}

ELSEWHERE = {
    "an unknown page": ("GET", "/chat/nothing", {404}),
    "a file above": ("GET", "/static/../../../pyproject.toml", {404}),
    "an escaped file above": ("GET", "/static/..%2f..%2f..%2fpyproject.toml", {404}),
    "a wrong method": ("DELETE", "/chat/messages", {405}),
    "a method of nobody": ("PROPFIND", "/chat/messages", {405}),
    "a place before the first": ("GET", "/chat/messages?after=-1", {422}),
    "a place that is none": ("GET", "/chat/messages?after=tout", {422}),
    "a place past all numbers": ("GET", f"/chat/messages?after={10**30}", {422}),
    "a place past the last": ("GET", f"/chat/messages?after={2**31}", {422}),
    "a wait that is none": ("GET", "/chat/messages?wait=nan", {422}),
    "a telephone that is none": ("GET", "/demo/phones/allo/messages", {422}),
    "a forged link": ("POST", "/chat/identity/link", {422}),
}


def assert_refused(answer: httpx.Response, statuses: set[int]) -> None:
    """A word for machines and a sentence for people, and nothing of what came in."""
    assert answer.status_code in statuses, answer.text
    body = answer.json()
    assert body["error"].isascii()
    assert body["message"].endswith(".")
    assert body["message"][0].isupper()


@pytest.fixture
def person(stack: Stack, records: Records) -> Iterator[Person]:
    """Somebody who, after all that, is answered as anybody else, by a house that nothing surprised."""
    logs = {stack.folder / "logs" / f"{name}.log": 0 for name in ("serve", "worker", "rasa")}
    logs = {log: log.stat().st_size for log in logs}
    came = Person(stack.url)
    yield came
    stack.wait_ready()
    assert came.say("bonjour madame")
    assert records.failed(came.conversation) == 0
    for log, before in logs.items():
        since = log.read_bytes()[before:]
        # Written for an error that nobody expected, or for a turn that broke.
        assert not [word for word in (b'"unexpected"', b"turn broke", b"Traceback") if word in since]


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED)
def test_anything_that_can_be_read_is_answered(person: Person, text: str) -> None:
    answers = person.answers(person.write(text), within=20)
    assert [bool(answer["text"]) for answer in answers] == [True]


@pytest.mark.parametrize(("body", "statuses"), REFUSED.values(), ids=REFUSED)
def test_a_message_that_is_none_is_refused(person: Person, body: dict[str, Any], statuses: set[int]) -> None:
    assert_refused(person.http.post("/chat/messages", json={"id": str(uuid4())} | body), statuses)


@pytest.mark.parametrize(("content", "statuses"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_none_is_refused(person: Person, content: bytes, statuses: set[int]) -> None:
    headers = {"Content-Type": "application/json"}
    assert_refused(person.http.post("/chat/messages", content=content, headers=headers), statuses)


def test_a_body_without_length_is_cut_off_at_the_same_bound(person: Person) -> None:
    pieces = repeat(b"a" * 1000, 1000)
    headers = {"Content-Type": "application/json"}
    assert_refused(person.http.post("/chat/messages", content=pieces, headers=headers), {413})


@pytest.mark.parametrize(("method", "path", "statuses"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_way_that_leads_nowhere_says_so(person: Person, method: str, path: str, statuses: set[int]) -> None:
    assert_refused(person.http.request(method, path), statuses)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", f"Bearer {'a' * 5000}", "Basic YTpi", "Bearer \xe9\xff"])
@pytest.mark.parametrize("way", ["/chat/messages", "/chat/events"])
def test_without_the_token_nothing_is_read(stack: Stack, person: Person, shown: str, way: str) -> None:
    headers = {b"Authorization": shown.encode("latin-1")} if shown else {}
    assert_refused(httpx.get(f"{stack.url}{way}", headers=headers), {401})


@pytest.mark.parametrize("seen", ["-1", "tout", "٣", "1.5", "4" * 10, "9" * 30, "9" * 5000])
def test_a_stream_begins_whatever_was_seen_last(person: Person, seen: str) -> None:
    headers = {b"Last-Event-ID": seen.encode()}
    with person.http.stream("GET", "/chat/events", headers=headers) as answer:
        assert answer.status_code == httpx.codes.OK
        assert next(answer.iter_lines()) == "event: mode"


def test_a_choice_is_good_only_where_it_was_offered(stack: Stack, person: Person) -> None:
    other = Person(stack.url)
    offered = other.answers(other.write("azertyuiop qsdfghjklm"))[0]["choices"][0]
    theirs = {"id": str(uuid4()), "text": "", "choice": offered["value"]}
    assert_refused(person.http.post("/chat/messages", json=theirs), {422})
    assert other.say("", offered["value"])


async def test_of_two_hundred_messages_at_once_each_is_answered_once_or_refused(
    stack: Stack, records: Records, person: Person
) -> None:
    async def write(http: httpx.AsyncClient, nth: int) -> httpx.Response:
        return await http.post("/chat/messages", json={"id": str(uuid4()), "text": f"bonjour {nth}"})

    async with httpx.AsyncClient(base_url=stack.url, headers=person.http.headers, timeout=60) as http:
        answers = await asyncio.gather(*(write(http, nth) for nth in range(200)))
    for answer in answers:
        if answer.status_code != httpx.codes.ACCEPTED:
            assert_refused(answer, {429})
            assert int(answer.headers["Retry-After"]) > 0
    accepted = [nth for nth, answer in enumerate(answers) if answer.status_code == httpx.codes.ACCEPTED]
    records.settle(person.conversation)
    texts = [message["text"] for message in person.transcript() if message["author"] == "person"]
    assert Counter(texts) == Counter(f"bonjour {nth}" for nth in accepted)
    assert_answered_once(records, person.conversation, texts)


def test_streams_that_are_left_without_a_word_hold_nothing(stack: Stack, records: Records, person: Person) -> None:
    def held() -> int:
        """Transactions that nobody goes on with: one that is at work is idle too, between two of its statements."""
        idle = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        return int(records.all(f"{idle} AND now() - state_change > interval '2 seconds'")[0][0])

    sizes = len(stack.child("api.cli serve").net_connections())
    for _ in range(10):
        with person.http.stream("GET", "/chat/events") as answer:
            next(answer.iter_raw())
    until(lambda: len(stack.child("api.cli serve").net_connections()) <= sizes, 30)
    time.sleep(3)
    assert held() == 0
    assert heard(records, OnTheWeb(records, None), SEARCH)[1][0] == "training_found"
