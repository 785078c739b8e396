"""A person asks for a human, a caseworker of theirs answers, and the assistant is silent for exactly as long."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.journeys.playing import OnTheWeb
from tests.journeys.records import Records
from tests.stack import Person, Stack, until

pytestmark = pytest.mark.stack

EMAIL, PASSWORD = "nolwenn.kerbourch@example.org", "demonstration"
SOAZIG = "06 39 98 30 01 1988-04-12"
"""Soazig Kermarrec's, whom Nolwenn Kerbourch's team follows."""
SILENT = 6.0
"""Seconds without an answer: an assistant that was going to speak has spoken by then."""


@pytest.fixture
def desk(stack: Stack) -> Iterator[httpx.Client]:
    """The desk of the demonstration, signed in with the account that it prints."""
    with httpx.Client(base_url=stack.desk_url, timeout=20, headers={"X-Hent-Desk": "1"}) as http:
        signed = http.post("/desk/session", json={"email": EMAIL, "password": PASSWORD})
        assert (signed.status_code, signed.json()) == (200, {"needs_code": False})
        yield http


def act(desk: httpx.Client, path: str, what: str, **more: Any) -> None:
    """A transition, on what is seen now."""
    version = desk.get(path).json()["version"]
    desk.post(f"{path}/{what}", json={"version": version} | more).raise_for_status()


def waiting(desk: httpx.Client, records: Records, person: Person) -> str:
    """The address of what waits from this person's conversation."""
    query = "SELECT id FROM escalations WHERE conversation_id = :id"
    until(lambda: bool(records.all(query, id=person.conversation)), 20)
    escalation = str(records.all(query, id=person.conversation)[0][0])
    shown = desk.get("/desk/queue").json()["items"]
    assert escalation in [item["id"] for item in shown]
    return f"/desk/escalations/{escalation}"


def test_a_person_and_their_caseworker_talk_and_the_assistant_comes_back(records: Records, desk: httpx.Client) -> None:
    person = OnTheWeb(records, SOAZIG).person
    person.say("je voudrais parler à quelqu'un")
    records.settle(person.conversation)
    path = waiting(desk, records, person)

    act(desk, path, "take")
    assert "Nolwenn" in person.transcript()[-1]["text"]
    replied = desk.post(f"{path}/reply", json={"id": str(uuid4()), "text": "Bonjour, je vous lis."})
    assert replied.status_code == 202
    shown = person.http.get("/chat/messages", params={"after": replied.json()["seq"] - 1}).json()
    assert shown["mode"] == "caseworker"
    assert [(one["author"], one["text"]) for one in shown["messages"]] == [("caseworker", "Bonjour, je vous lis.")]

    asked = person.write("et mon rendez-vous, il est quand ?")
    time.sleep(SILENT)
    assert [one["author"] for one in person.transcript() if one["seq"] >= asked] == ["person"]
    assert desk.get(path, params={"after": asked - 1}).json()["messages"][-1]["author"] == "person"

    act(desk, path, "hand-back")
    known = person.transcript()[-1]["seq"]
    assert person.http.get("/chat/messages", params={"after": known}).json()["mode"] == "assistant"
    answer = person.answers(person.write("quelle heure est mon rendez-vous ?"))[0]
    assert answer["author"] == "assistant"
    act(desk, path, "close", outcome="answered")


def test_the_public_site_answers_without_the_desk(stack: Stack) -> None:
    stack.child("api.cli desk").suspend()
    try:
        assert stack.ready()
        assert Person(stack.url).say("bonjour")
    finally:
        stack.child("api.cli desk").resume()
