"""Rasa's own two actions that make a long conversation slow or lose its history, rewritten."""

from __future__ import annotations

from rasa.core.actions.action import ActionBotResponse, ActionDefaultFallback, ActionSessionStart
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, FollowupAction, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

# What a person would be surprised to be asked again; everything else belongs to the questions of its own session.
CARRIED_SLOTS = ("training_search", "support_search")


class HentSessionStart(ActionSessionStart):
    """A new session that carries the last value of the white-listed slots.

    Rasa's own carries every value that any slot ever had, session after session.
    """

    @staticmethod
    def _slot_set_events_from_tracker(tracker: DialogueStateTracker) -> list[SlotSet]:
        values = {name: tracker.get_slot(name) for name in CARRIED_SLOTS if name in tracker.slots}
        return [SlotSet(name, value) for name, value in values.items() if value is not None]


class HentFallback(ActionDefaultFallback):
    """Says that nothing was understood when no rule applies, and goes on from there.

    Rasa's own rewinds the conversation, and every later turn replays every rewind: 45 % of the time of a session of
    500 events (reference/rasa.md 4.3).
    """

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Utter `utter_not_understood`, then listen: without the rewind, the rules would fall back for ever."""
        said = await ActionBotResponse("utter_not_understood").run(output_channel, nlg, tracker, domain)
        return [*said, FollowupAction(ACTION_LISTEN_NAME)]
