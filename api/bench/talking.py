"""Somebody who asks, over the public contract of either side, on one kept connection.

`http.client` and not httpx: the load shares the machine with what it measures, and takes a fifth of the CPU so.
"""

import json
import re
import time
from http.client import HTTPConnection, HTTPException
from typing import Any, Protocol
from uuid import uuid4

from api.bench.asking import Person
from api.bench.stock.project import ANSWER

QUESTION = "quand est mon rendez-vous"
_PATIENCE = 60.0  # seconds
_WAIT = 20  # seconds of one long poll
_CODE = re.compile(r"\b\d{6}\b")


class Refused(Exception):
    """The server answered with a 4xx or a 5xx."""


class WrongAnswer(Exception):
    """An answer came, and it is not the right one."""


FAILURES = (WrongAnswer, Refused, OSError, HTTPException)
"""What a question may end with other than its answer; anything else is a mistake of ours."""


class Asker(Protocol):
    """One conversation in which the same question is asked again and again."""

    def ask(self) -> None:
        """Ask, and wait for the right answer. Raises one of FAILURES."""

    def close(self) -> None:
        """Let the connection go; the next question opens another."""


class Line:
    """One connection to a server on loopback, kept from one request to the next."""

    def __init__(self, port: int) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._headers = {"Content-Type": "application/json"}

    def bear(self, token: str) -> None:
        """Show this token from now on."""
        self._headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of the answer. Raises Refused, OSError or HTTPException."""
        self._http.request(method, path, json.dumps(body) if body is not None else None, self._headers)
        answer = self._http.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise Refused(f"{method} {answer.status}")
        return json.loads(content)

    def close(self) -> None:
        """Close it; `call` opens it again."""
        self._http.close()


class OurAsker:
    """A conversation of our web chat, in which `person` has said who they are."""

    def __init__(self, port: int, person: Person) -> None:
        self._line, self._person = Line(port), person
        self._line.bear(self._line.call("POST", "/chat/conversations")["token"])
        self._identify()
        # Servers close a connection that is idle for 5 s, and others are yet to say who they are.
        self.close()

    def ask(self) -> None:
        """POST, then a long poll until the answer, which must hold this person's own date."""
        if self._person.expected not in self._said(QUESTION):
            raise WrongAnswer

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()

    def _said(self, text: str) -> str:
        seq = self._line.call("POST", "/chat/messages", {"id": str(uuid4()), "text": text})["seq"]
        return self._answers(seq)[0]

    def _answers(self, after: int) -> list[str]:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            shown = self._line.call("GET", f"/chat/messages?after={after}&wait={_WAIT}")
            said = [message["text"] for message in shown["messages"] if message["author"] == "assistant"]
            if said:
                return said
        raise TimeoutError

    def _identify(self) -> None:
        """Number and birth date, then the code of the simulated telephone; the question is then answered by itself."""
        self._said(QUESTION)
        before = len(self._codes())
        self._said(f"{self._person.phone} {self._person.birth_date}")
        deadline = time.monotonic() + _PATIENCE
        while len(codes := self._codes()) == before:
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.05)
        seq = self._line.call("POST", "/chat/messages", {"id": str(uuid4()), "text": codes[-1]})["seq"]
        while not any(self._person.expected in said for said in self._answers(seq)):
            if time.monotonic() > deadline:
                raise WrongAnswer
            time.sleep(0.05)

    def _codes(self) -> list[str]:
        texts = self._line.call("GET", f"/demo/phones/{self._person.phone}/messages")
        return [code for sms in texts if sms["direction"] == "out" for code in _CODE.findall(sms["text"])]


class StockAsker:
    """A conversation of stock Rasa's REST channel; begun again every `turns_each` turns, if given."""

    def __init__(self, port: int, turns_each: int | None = None) -> None:
        self._line, self._turns_each = Line(port), turns_each
        self._sender, self._turns = str(uuid4()), 0

    def ask(self) -> None:
        """POST; the answer comes back in the response."""
        if self._turns == self._turns_each:
            self._sender, self._turns = str(uuid4()), 0
        self._turns += 1
        said = self._line.call("POST", "/webhooks/rest/webhook", {"sender": self._sender, "message": QUESTION})
        if not any(ANSWER in message.get("text", "") for message in said):
            raise WrongAnswer

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()
