"""What we replace in Rasa, and when: at the import of our channel, which `rasa run` makes before it loads a model.

Rasa 3.6.21 is the last of its line, so each replacement names what it cures and none will be overtaken by a release.
"""

from __future__ import annotations

from functools import lru_cache

import rasa.core.actions.action
import rasa.core.agent
from rasa.core.tracker_store import TrackerStore
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from hent_bot import loglines, logsafe
from hent_bot.builtin_actions import HentFallback, HentSessionStart
from hent_bot.processor import HentProcessor
from hent_bot.remote_action import HentRemoteAction
from hent_bot.tracker_store import HentTrackerStore

_by_type: dict[str, type[Event]] = {}
_walk_all_classes = Event.resolve_by_type
# Rasa's graph holds the spaCy pipeline in two nodes, and loads it for each.
_load_spacy_once = lru_cache(maxsize=None)(SpacyNLP.load_model)


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Rasa's `Event.resolve_by_type`, remembered: the walk over all event classes was a quarter of each reload.

    Raises ValueError for a name that no class has.
    """
    if type_name not in _by_type:
        found = _walk_all_classes(type_name, default)
        if found is None or found is default:
            return found
        _by_type[type_name] = found
    return _by_type[type_name]


def bare_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    """The agent's store, not wrapped in `FailSafeTrackerStore`, which answers 200 from memory without PostgreSQL.

    Raises RuntimeError for any other store: Rasa takes one in memory when it cannot import ours.
    """
    if not isinstance(store, HentTrackerStore):
        raise RuntimeError("endpoints.yml must name hent_bot.tracker_store.HentTrackerStore")
    store.domain = domain
    return store


def install() -> None:
    """Put every cure in place. May be called again."""
    logsafe.install()
    loglines.install()
    SpacyNLP.load_model = staticmethod(_load_spacy_once)
    Event.resolve_by_type = staticmethod(resolve_by_type)
    rasa.core.agent.Agent._create_tracker_store = staticmethod(bare_tracker_store)
    rasa.core.agent.MessageProcessor = HentProcessor
    rasa.core.actions.action.RemoteAction = HentRemoteAction
    rasa.core.actions.action.ActionSessionStart = HentSessionStart
    rasa.core.actions.action.ActionDefaultFallback = HentFallback
