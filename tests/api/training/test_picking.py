"""One course at a time: what is named counts first, then what was talked about, then the only one there is."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.training.picking import Asked, Picked, pick
from api.training.tables import TrainingSearch
from api.training.which import Pointing
from tests import factories
from tests.api.training.talking import Talk, offers
from tests.factories import LANDERNEAU

NOTHING = Pointing("quelles sont les conditions")


@pytest.fixture
async def talk(session: AsyncSession) -> Talk:
    return Talk(session, await factories.conversation(session))


async def picked(talk: Talk, said: Pointing, course: UUID | None = None, last: UUID | None = None) -> Picked:
    return await pick(talk.session, talk.conversation.id, Asked(said, talk.search_id, course, last))


async def ids(talk: Talk) -> list[UUID]:
    search = await talk.session.get_one(TrainingSearch, talk.search_id)
    return [UUID(one) for one in search.shown]


def title(found: Picked) -> str | None:
    return found.offer.training.title if found.offer else None


async def test_a_button_counts_before_all_words(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABC")
    await talk.asks(trade="soudeur", place="brest")
    shown = await ids(talk)

    assert title(await picked(talk, Pointing("la 1"), course=shown[2], last=shown[1])) == "C"
    assert (await picked(talk, Pointing("la 1"), course=uuid4())).gone


async def test_words_count_before_what_was_talked_about(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABC")
    await talk.asks(trade="soudeur", place="brest")
    shown = await ids(talk)

    assert title(await picked(talk, Pointing("la 1"), last=shown[1])) == "A"
    assert title(await picked(talk, NOTHING, last=shown[1])) == "B"


async def test_what_was_talked_about_settles_words_that_fit_several(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"AB")
    await offers(session, "C", insee=LANDERNEAU)
    await talk.asks(trade="soudeur", place="brest")
    shown = await ids(talk)
    brest = Pointing("celle de brest", place="brest")

    assert title(await picked(talk, brest, last=shown[1])) == "B"
    unclear = await picked(talk, brest, last=shown[2])
    assert [offer.training.title for offer in unclear.among] == ["A", "B"]


async def test_the_only_one_is_meant_and_several_are_asked_about(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "A")
    await talk.asks(trade="soudeur", place="brest")
    assert title(await picked(talk, NOTHING)) == "A"

    await offers(session, "B")
    await talk.asks(place="brest")
    assert [offer.training.title for offer in (await picked(talk, NOTHING)).among] == ["A", "B"]


async def test_a_number_beyond_the_list_is_asked_about_whatever_was_talked_about(
    session: AsyncSession, talk: Talk
) -> None:
    await offers(session, *"AB")
    await talk.asks(trade="soudeur", place="brest")
    shown = await ids(talk)

    beyond = await picked(talk, Pointing("la 3"), last=shown[1])
    assert [offer.training.title for offer in beyond.among] == ["A", "B"]


async def test_what_was_not_shown_is_looked_for_elsewhere(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "A")
    await talk.asks(trade="soudeur", place="brest")

    assert await picked(talk, Pointing("la formation plombier", trade="plombier")) == Picked(elsewhere=True)
    assert await picked(talk, Pointing("celle de rennes", place="rennes")) == Picked(elsewhere=True)


async def test_nothing_shown_is_nothing_picked(talk: Talk) -> None:
    assert await picked(talk, NOTHING) == Picked()
    assert await picked(talk, Pointing("la 2")) == Picked()
