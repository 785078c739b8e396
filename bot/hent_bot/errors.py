"""The ways a request to Rasa can end badly, each with its HTTP status and its one reason word.

The reason word is all that leaves the process: no message here may hold a text, a slot or a tracker.
"""

from __future__ import annotations


class RequestFailed(Exception):  # noqa: N818  (a request fails; not every refusal is an error)
    """A request that gets no answer: `status` is the HTTP status, `reason` the word in `{"error": reason}`."""

    status = 500
    reason = "internal"


class Unauthorized(RequestFailed):
    """The bearer token is absent or wrong."""

    status = 401
    reason = "unauthorized"


class InvalidRequest(RequestFailed):
    """The body is not of the agreed shape."""

    status = 422
    reason = "invalid"


class SlashRefused(RequestFailed):
    """A text that begins with "/": Rasa would read it as an intent with confidence 1.0 and slots of its choosing."""

    status = 422
    reason = "slash"


class UnknownIntent(RequestFailed):
    """The named intent is not one of ours, or is one of Rasa's own commands (restart, back, session_start)."""

    status = 422
    reason = "unknown_intent"


class NotReady(RequestFailed):
    """No model is loaded yet."""

    status = 503
    reason = "not_ready"


class StoreFailed(RequestFailed):
    """PostgreSQL did not take or give the events: the turn is lost, and says so."""

    status = 503
    reason = "store_failed"


class FenceLost(RequestFailed):
    """The conversation's fence moved on: this is a late answer of an abandoned attempt, and nothing was written."""

    status = 503
    reason = "fence_lost"


class ActionFailed(RequestFailed):
    """The action endpoint did not run the action: unreachable, too slow, refused, or answered nonsense."""

    status = 502
    reason = "action_failed"


class NothingSaid(RequestFailed):
    """Rasa ended the turn without naming anything to say, or said something that has no name."""

    status = 500
    reason = "nothing_said"
