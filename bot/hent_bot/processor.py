"""One turn, as Rasa plays it: the session is renewed when the server asks, and a failed action fails the turn.

Rasa's own processor logs a failed action with its traceback, drops it and answers 200; it copies the tracker (a replay
of the whole session) before each action, to be able to undo what here is never undone.
"""

from __future__ import annotations

from typing import Any, NoReturn

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from hent_bot import turn as turns
from hent_bot.errors import NothingSaid


def _too_many_actions(*_: Any) -> NoReturn:
    raise NothingSaid


class HentProcessor(MessageProcessor):
    """Rasa's processor, made to obey the turn in hand and to fail aloud."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Same arguments as Rasa's. Rules that run in circles fail the turn instead of ending it half said."""
        super().__init__(*args, **{**kwargs, "on_circuit_break": _too_many_actions})

    def _has_session_expired(self, tracker: DialogueStateTracker) -> bool:
        # Time never ends a session: an SMS may be answered next week. The server says when one is long enough.
        return turns.current().fresh

    async def _update_tracker_session(
        self, tracker: DialogueStateTracker, output_channel: OutputChannel, metadata: dict[str, Any] | None = None
    ) -> None:
        # Without the metadata: Rasa would keep the first turn's id in a slot for the whole session.
        await super()._update_tracker_session(tracker, output_channel)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        tracker.update_with_events(prediction.events, self.domain)
        produced = await action.run(output_channel, nlg, tracker, self.domain)
        tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(produced, self.domain)
        await self._send_bot_messages(produced, tracker, output_channel)
        return bool(self.should_predict_another_action(action.name()))
