"""Which dated facts a sentence is made of: where each value comes from, and whether it was checked in time."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jinja2 import Environment, nodes

from api.knowledge.facts import KINDS, Fact, Stated
from api.texts.library import Entry


@dataclass(frozen=True)
class Traced:
    """One fact that a form of a text names, and what it is there on that day."""

    form: str
    """As `Entry.forms` names it."""
    fact: Fact
    stated: Stated | None
    """None: nothing holds yet, and the sentence cannot be said."""


def trace(entry: Entry, departement: str | None, today: date) -> list[Traced]:
    """The facts of each form, in the order of the alphabet."""
    return [
        Traced(form, fact, fact.holds(departement, today))
        for form, source in entry.forms().items()
        for fact in named(source)
    ]


def overdue(source: str, departement: str | None, today: date) -> bool:
    """Whether a template names a fact that somebody should have checked again by now."""
    held = (fact.holds(departement, today) for fact in named(source))
    return any(stated.overdue(today) for stated in held if stated and stated.value is not None)


@lru_cache(maxsize=2000)
def named(source: str) -> tuple[Fact, ...]:
    """The facts and numbers that a template names, whether or not its conditions let them be said.

    A name that nobody wrote is left out: rendering refuses it.
    """
    reached = Environment(autoescape=True).parse(source).find_all(nodes.Getattr)
    parts = sorted({(of.node.name, of.attr) for of in reached if isinstance(of.node, nodes.Name)})
    return tuple(KINDS[kind]()[name] for kind, name in parts if kind in KINDS and name in KINDS[kind]())
