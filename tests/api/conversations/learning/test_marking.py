"""Whether an answer helped: one mark an answer, and its question kept while it is said that it did not."""

import pytest

from api.conversations.learning import marking
from api.conversations.learning.tables import Trouble
from api.conversations.returning import Opened
from api.core.errors import NotFound, TooMany
from tests.api.conversations.learning.conftest import Kept
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Takes everything for one question."""
    return ScriptedRasa(lambda asked: says("rsa_amount", "rsa_amount"))


async def mark(talk: Talk, seq: int, *, helpful: bool, first: int = 1) -> None:
    opened = Opened(await talk.conversation(), first)
    async with talk.database.transaction() as session:
        await marking.mark(session, opened, seq, helpful=helpful)


async def test_the_question_is_kept_once_while_it_did_not_help(talk: Talk, kept: Kept) -> None:
    await talk.say("les sous du mois")
    for _ in range(2):
        await mark(talk, 2, helpful=False)
    [row] = await kept()
    assert (row.trouble, row.text, row.meant) == (Trouble.unhelpful, "les sous du mois", ["rsa_amount"])
    await mark(talk, 2, helpful=True)
    assert await kept() == []


async def test_only_an_answer_that_is_theirs_to_read_is_judged(talk: Talk) -> None:
    await talk.say("les sous du mois")
    for seq, first in ((1, 1), (3, 1), (2, 3)):
        with pytest.raises(NotFound):
            await mark(talk, seq, helpful=False, first=first)


async def test_a_mind_that_changes_for_ever_is_stopped(talk: Talk) -> None:
    await talk.say("les sous du mois")
    for time in range(marking.CHANGES + 1):
        await mark(talk, 2, helpful=bool(time % 2))
    with pytest.raises(TooMany):
        await mark(talk, 2, helpful=bool((marking.CHANGES + 1) % 2))


async def test_what_is_said_in_danger_is_not_judged(talk: Talk) -> None:
    await talk.say("jveu mourir")
    with pytest.raises(NotFound):
        await mark(talk, 2, helpful=False)
