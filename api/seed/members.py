"""Who is invented: the people that files name, then the crowd."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.seed import crowd, files
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.files import Row, identifier


@dataclass(frozen=True)
class Member:
    """One person, with their household and the authority that follows them."""

    authority: str
    household: Row
    person: Row

    @cached_property
    def id(self) -> UUID:
        """The same as long as the person's household, name and birth date are."""
        who = (self.person["first"], self.person["last"], self.person["born"])
        return identifier("person", self.household["case"], *who)

    @property
    def household_id(self) -> UUID:
        """The same as long as the case number is."""
        return identifier("household", self.household["case"])

    @property
    def organisation_id(self) -> UUID | None:
        """The team that follows the household."""
        return organisation_id(self.household["team"]) if "team" in self.household else None

    @property
    def caseworker_id(self) -> UUID | None:
        """Their référent."""
        return caseworker_id(self.household["with"]) if "with" in self.household else None


def named() -> Iterator[Member]:
    """Everybody of the files, authority after authority."""
    return _members(files.people())


def members() -> Iterator[Member]:
    """Everybody: those of the files, then the crowd."""
    yield from named()
    yield from _members(crowd.people())


def _members(people: dict[str, list[Row]]) -> Iterator[Member]:
    for authority, households in people.items():
        for household in households:
            for person in household["members"]:
                yield Member(authority, household, person)
