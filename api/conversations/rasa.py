"""The Rasa client: one question, one answer, and a reason when there is none."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.core import measures


class RasaFailed(Exception):
    """Rasa did not answer this turn: down, too slow, or an action failed. `reason` is a word, never a text."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Question:
    """What Rasa is told: masked and normalised, or the intent that a button stands for."""

    conversation: UUID
    turn: UUID
    fence: int
    fresh: bool
    text: str
    intent: dict[str, Any] | None = None
    hearing: dict[str, Any] | None = None
    """How sure the reading must be, what answers the open question, and where a second request may begin."""
    about: UUID | None = None
    """The message whose words these are, when it is not the turn's own."""


@dataclass(frozen=True)
class Reply:
    """What Rasa decided."""

    intent: str
    confidence: float
    says: list[dict[str, str]]
    """[{"say": name, "draft": id?}], in order."""
    ranking: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    also: "Reply | None" = None
    """The second request of the same message."""


class Rasa:
    """Talks to our own channel in `bot/`. One HTTP session is kept for the life of the process."""

    def __init__(self, url: str, token: str, timeout: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, timeout=timeout, headers={"Authorization": f"Bearer {token}"}, transport=transport
        )

    async def ask(self, question: Question) -> Reply:
        """Rasa's decision. Raises RasaFailed, and never says what was asked."""
        body = {
            "conversation": str(question.conversation),
            "turn": str(question.turn),
            "fence": question.fence,
            "fresh": question.fresh,
            "text": question.text,
            "intent": question.intent,
            "hearing": question.hearing,
            "about": str(question.about) if question.about else None,
        }
        with measures.timed(measures.RASA, outcome="answered") as counted:
            try:
                return _reply(await self._post("/webhooks/hent/turns", body))
            except RasaFailed as failure:
                counted["outcome"] = failure.reason
                raise

    async def ready(self) -> bool:
        """Whether a question would be answered now."""
        try:
            return (await self._http.get("/webhooks/hent/ready")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        try:
            answer = await self._http.post(path, json=body)
        except httpx.TimeoutException as error:
            raise RasaFailed("too_slow") from error
        except httpx.HTTPError as error:
            raise RasaFailed("unreachable") from error
        if answer.status_code != httpx.codes.OK:
            raise RasaFailed(f"status_{answer.status_code}")
        return answer.json()


def _reply(answer: dict[str, Any]) -> Reply:
    if not answer["says"]:
        raise RasaFailed("nothing_to_say")
    also = answer.get("also")
    return Reply(
        intent=answer["intent"]["name"],
        confidence=answer["intent"]["confidence"],
        says=answer["says"],
        ranking=answer["ranking"],
        entities=answer["entities"],
        also=_reply(also) if also else None,
    )
