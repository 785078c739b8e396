"""The cures are in place, each does what it is for."""

from __future__ import annotations

import pytest
import rasa.core.actions.action
import rasa.core.agent
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered

from hent_bot import cures
from hent_bot.builtin_actions import HentFallback, HentSessionStart
from hent_bot.processor import HentProcessor
from hent_bot.remote_action import HentRemoteAction


@pytest.fixture(autouse=True, scope="module")
def installed() -> None:
    """The cures, as the import of the channel puts them in place."""
    cures.install()


@pytest.mark.parametrize(("name", "expected"), [("slot", SlotSet), ("user", UserUttered)])
def test_an_event_is_found_by_its_type(name: str, expected: type[Event]) -> None:
    assert Event.resolve_by_type(name) is expected


def test_the_second_look_up_of_a_type_does_not_walk_the_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    Event.resolve_by_type("bot")
    monkeypatch.setattr(cures, "_walk_all_classes", None)
    assert Event.resolve_by_type("bot") is not None


def test_an_unknown_type_is_an_error_and_a_default_is_not_remembered() -> None:
    assert Event.resolve_by_type("nobody", SlotSet) is SlotSet
    with pytest.raises(ValueError):
        Event.resolve_by_type("nobody")


def test_rasa_takes_our_actions_and_our_processor() -> None:
    domain = Domain.from_yaml('{version: "3.1", actions: [action_search_training]}')
    for name, expected in {
        "action_search_training": HentRemoteAction,
        "action_session_start": HentSessionStart,
        "action_default_fallback": HentFallback,
    }.items():
        assert type(rasa.core.actions.action.action_for_name_or_text(name, domain, None)) is expected
    assert rasa.core.agent.MessageProcessor is HentProcessor


def test_a_store_in_memory_is_refused() -> None:
    for store in (None, InMemoryTrackerStore(Domain.empty())):
        with pytest.raises(RuntimeError):
            rasa.core.agent.Agent(tracker_store=store)
