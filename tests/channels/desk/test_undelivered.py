"""SMS that did not arrive: seen by whose business they are, sent again once, never to whoever wants none."""

import pytest
from httpx import AsyncClient
from sqlalchemy import update

from api.conversations import receipts
from api.conversations.receipts import Told
from api.conversations.routes import Why
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.core.database import Database
from api.desk.undelivered import KINDS, NOT_SAID, OUT_OF_DATE, UNWANTED, WITHHELD, WORDS, words
from api.escalations.tables import Escalation
from tests.channels.desk.conftest import PHONE, SAID, Browser, Team


@pytest.fixture(autouse=True)
async def taken(ours: Team, database: Database) -> None:
    """Our caseworker has the request."""
    async with database.transaction() as session:
        (await session.get_one(Escalation, ours.escalation)).owner_id = ours.caseworker.id


async def change(database: Database, ours: Team, **given: object) -> None:
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).where(OutgoingSms.id == ours.sms).values(**given))


async def row(database: Database, ours: Team) -> OutgoingSms:
    async with database.transaction() as session:
        return await session.get_one(OutgoingSms, ours.sms)


def test_every_reason_and_kind_has_its_words() -> None:
    assert set(WORDS) == set(Why)
    assert set(KINDS) == set(SmsKind) - {SmsKind.code}
    assert words(None) == NOT_SAID
    assert "E42" in words("E42")


async def test_it_is_shown_with_its_reason_and_neither_number_nor_text(
    desk: AsyncClient, ours: Team, database: Database
) -> None:
    await change(database, ours, why=Why.provider_down)
    answer = await desk.get("/desk/sms/dead")
    [lost] = answer.json()
    assert (lost["id"], lost["kind"], lost["escalation"]) == (str(ours.sms), "Réponse", str(ours.escalation))
    assert lost["why"] == WORDS[Why.provider_down]
    for secret in (PHONE, PHONE[3:], SAID):
        assert secret not in answer.text


@pytest.mark.parametrize(("why", "said"), [(Why.restored, "sauvegarde"), (Why.untold, "jamais dit")])
async def test_what_may_have_arrived_is_shown_and_goes_again_if_somebody_says_so(
    desk: AsyncClient, ours: Team, database: Database, why: Why, said: str
) -> None:
    await change(database, ours, status=SmsStatus.unknown, why=Why.no_answer)
    assert (await desk.get("/desk/sms/dead")).json() == []
    await change(database, ours, why=why)
    [held] = (await desk.get("/desk/sms/dead")).json()
    assert said in held["why"]
    assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 204
    assert (await row(database, ours)).status is SmsStatus.queued


@pytest.mark.parametrize(("first", "sees"), [("Erwan", 1), ("Ronan", 0)])
async def test_a_supervisor_sees_the_team_s_and_a_colleague_their_own(
    browser: Browser, ours: Team, theirs: Team, first: str, sees: int
) -> None:
    http = await browser(ours.colleagues[first])
    assert len((await http.get("/desk/sms/dead")).json()) == sees
    assert (await http.post(f"/desk/sms/{ours.sms}/resend")).status_code == (204 if sees else 404)
    assert (await http.post(f"/desk/sms/{theirs.sms}/resend")).status_code == 404


async def test_asked_twice_it_goes_once_and_is_told_of_again(desk: AsyncClient, ours: Team, database: Database) -> None:
    await change(database, ours, status=SmsStatus.sent)
    for _ in range(2):
        async with database.transaction() as session:
            await receipts.store(session, "kannel", Told(str(ours.sms), SmsStatus.failed, Why.unreachable))
        assert await receipts.apply_due(database) == 1
        assert (await row(database, ours)).status is SmsStatus.failed
        for _ in range(2):
            assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 204
        again = await row(database, ours)
        assert (again.status, again.attempts, again.why) == (SmsStatus.queued, 0, None)
        await change(database, ours, status=SmsStatus.sent)


async def test_what_has_left_is_left_alone(desk: AsyncClient, ours: Team, database: Database) -> None:
    await change(database, ours, status=SmsStatus.delivered)
    assert (await desk.get("/desk/sms/dead")).json() == []
    assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 204
    assert (await row(database, ours)).status is SmsStatus.delivered


@pytest.mark.parametrize("why", list(Silence))
async def test_whoever_wants_none_is_offered_none_and_gets_none(
    desk: AsyncClient, ours: Team, database: Database, why: Silence
) -> None:
    async with database.transaction() as session:
        await silence(session, PHONE, why)
    [lost] = (await desk.get("/desk/sms/dead")).json()
    assert lost["kept"] == UNWANTED.get(why)
    refused = await desk.post(f"/desk/sms/{ours.sms}/resend")
    assert refused.status_code == (409 if lost["kept"] else 204)
    assert not lost["kept"] or refused.json()["message"] == lost["kept"]


def test_only_a_number_that_seems_dead_may_be_tried_again() -> None:
    assert set(Silence) - set(UNWANTED) == {Silence.dead}


@pytest.mark.parametrize("kind", [SmsKind.reminder, SmsKind.notice])
async def test_what_may_be_wrong_by_now_is_shown_and_not_sent_again(
    desk: AsyncClient, ours: Team, database: Database, kind: SmsKind
) -> None:
    await change(database, ours, kind=kind)
    [lost] = (await desk.get("/desk/sms/dead")).json()
    assert lost["kept"] == OUT_OF_DATE
    assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 409


async def test_what_was_taken_back_for_a_confidential_file_is_told_of_without_its_text_and_never_goes(
    desk: AsyncClient, ours: Team, database: Database
) -> None:
    await change(database, ours, why=Why.withdrawn)
    answer = await desk.get("/desk/sms/dead")
    [lost] = answer.json()
    assert (lost["why"], lost["kept"]) == (WORDS[Why.withdrawn], WITHHELD)
    assert SAID not in answer.text
    assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 409
    assert (await row(database, ours)).status is SmsStatus.dead


async def test_a_code_is_neither_shown_nor_sent_again(desk: AsyncClient, ours: Team, database: Database) -> None:
    await change(database, ours, kind=SmsKind.code)
    assert (await desk.get("/desk/sms/dead")).json() == []
    assert (await desk.post(f"/desk/sms/{ours.sms}/resend")).status_code == 404
