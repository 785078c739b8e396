"""How a turn is played: sessions end when the server says so, and a failed action is not passed over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.actions.action import Action, ActionBotResponse
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, FollowupAction, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from hent_bot import turn as turns
from hent_bot.answers import Says
from hent_bot.builtin_actions import HentFallback, HentSessionStart
from hent_bot.errors import ActionFailed
from hent_bot.processor import HentProcessor

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      training_search: {type: any, mappings: [{type: custom}]}
      support_search: {type: any, mappings: [{type: custom}]}
      asked: {type: any, mappings: [{type: custom}]}
    responses:
      utter_greet: [{custom: {say: greet}}]
      utter_not_understood: [{custom: {say: not_understood}}]
    """
)
NLG = TemplatedNaturalLanguageGenerator(DOMAIN.responses)


@pytest.fixture
def processor() -> HentProcessor:
    """A processor without a model: what is tested here needs its domain only."""
    made = object.__new__(HentProcessor)
    made.domain = DOMAIN
    return made


@pytest.fixture
def tracker() -> DialogueStateTracker:
    """A conversation in which a slot was set twice, and somebody has just spoken."""
    events = [SlotSet("training_search", "old"), SlotSet("training_search", "new"), SlotSet("asked", "yes")]
    return DialogueStateTracker.from_events("c1", [*events, UserUttered("bonjour")], DOMAIN.slots)


def run_action(processor: HentProcessor, tracker: DialogueStateTracker, action: Action) -> tuple[bool, Says]:
    says = Says()
    prediction = PolicyPrediction.for_action_name(DOMAIN, "utter_greet")
    more = asyncio.run(processor._run_action(action, tracker, says, NLG, prediction))
    return more, says


def test_an_action_is_logged_before_what_it_produced_and_its_name_is_said(
    processor: HentProcessor, tracker: DialogueStateTracker
) -> None:
    more, says = run_action(processor, tracker, ActionBotResponse("utter_greet"))
    assert more is True
    assert says.named == [{"say": "greet"}]
    assert [type(event) for event in list(tracker.events)[-2:]] == [ActionExecuted, BotUttered]


def test_an_action_that_fails_fails_the_turn(processor: HentProcessor, tracker: DialogueStateTracker) -> None:
    class Broken(Action):
        def name(self) -> str:
            return "action_broken"

        async def run(self, *_: Any) -> list[Any]:
            raise ActionFailed

    with pytest.raises(ActionFailed):
        run_action(processor, tracker, Broken())


@pytest.mark.parametrize("fresh", [True, False])
def test_a_session_ends_when_the_server_says_so(
    processor: HentProcessor, tracker: DialogueStateTracker, fresh: bool
) -> None:
    with turns.in_hand(turns.Turn("c1", "t1", 1, fresh)):
        assert processor._has_session_expired(tracker) is fresh


def carried(tracker: DialogueStateTracker) -> list[SlotSet]:
    produced = asyncio.run(HentSessionStart().run(Says(), NLG, tracker, DOMAIN))
    return [event for event in produced if isinstance(event, SlotSet)]


def test_a_new_session_carries_the_last_value_of_white_listed_slots_only(tracker: DialogueStateTracker) -> None:
    assert carried(tracker) == [SlotSet("training_search", "new")]


def test_a_new_session_carries_the_search_that_was_begun_last(tracker: DialogueStateTracker) -> None:
    tracker.update_with_events([SlotSet("training_search", None), SlotSet("support_search", "help")], DOMAIN)

    assert carried(tracker) == [SlotSet("support_search", "help")]


def test_what_no_rule_covers_is_said_to_be_not_understood_and_nothing_is_rewound(
    tracker: DialogueStateTracker,
) -> None:
    said, then = asyncio.run(HentFallback().run(Says(), NLG, tracker, DOMAIN))
    assert said.data["custom"] == {"say": "not_understood"}
    assert then == FollowupAction("action_listen")


def test_two_turns_in_flight_do_not_mix() -> None:
    async def play(name: str) -> str:
        with turns.in_hand(turns.Turn(name, "t", 1)):
            await asyncio.sleep(0)
            return turns.current().conversation

    async def both() -> list[str]:
        return list(await asyncio.gather(play("c1"), play("c2")))

    assert asyncio.run(both()) == ["c1", "c2"]
