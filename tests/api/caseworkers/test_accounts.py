"""Signing in: the same refusal for everybody, a lock after five errors, sessions that end, invitations good once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers import accounts, passwords
from api.caseworkers.accounts import TRIES, by_session, give_code, sign_in
from api.caseworkers.tables import AccountInvitation, Caseworker, CaseworkerAccount, CaseworkerSession, Role
from api.core.database import Database
from api.core.errors import NotAllowed, NotFound, Unreadable
from api.core.sealing import Sealer
from tests.api.caseworkers.desk_accounts import (
    EMAIL,
    NOON,
    PASSWORD,
    WRONG,
    account,
    cheaply,
    code,
    with_code,
    wrong_code,
)

MINUTE = timedelta(minutes=1)
LOCK = accounts.LOCKED_MINUTES * MINUTE


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheaply(monkeypatch)


async def refusal(session: AsyncSession, sealer: Sealer, password: str, email: str = EMAIL) -> tuple[str, str]:
    """What is said to somebody who is not let in at noon."""
    with pytest.raises(NotAllowed) as refused:
        await sign_in(session, sealer, email, password, NOON)
    return refused.value.error, refused.value.message


async def lock(session: AsyncSession, sealer: Sealer) -> None:
    for _ in range(TRIES):
        await refusal(session, sealer, WRONG)


async def invited(session: AsyncSession, sealer: Sealer) -> tuple[CaseworkerAccount, str]:
    """Somebody who has an account already, and a token."""
    mine = await account(session)
    return mine, await accounts.invite(session, sealer, mine.caseworker_id, NOON)


async def test_the_right_password_says_who_it_is(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session, role=Role.supervisor)
    signed = await sign_in(session, sealer, f" {EMAIL.upper()} ", PASSWORD, NOON)
    who = await by_session(session, sealer, signed.token, NOON)
    worker = await session.get_one(Caseworker, mine.caseworker_id)
    assert not signed.needs_code
    assert (who.id, who.name, who.first_name) == (worker.id, "Nolwenn Kerdoncuff", "Nolwenn")
    assert (who.role, who.organisation_id, who.authority_code) == (Role.supervisor, worker.organisation_id, "cd29")


async def test_everybody_is_refused_in_the_same_words(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    await account(session, email="gone@exemple.fr", active=False)
    (await account(session, email="new@exemple.fr")).password_digest = None
    wrong = await refusal(session, sealer, WRONG)
    unknown = await refusal(session, sealer, PASSWORD, "nobody@exemple.fr")
    gone = await refusal(session, sealer, PASSWORD, "gone@exemple.fr")
    not_yet = await refusal(session, sealer, PASSWORD, "new@exemple.fr")
    unreadable = await refusal(session, sealer, PASSWORD, f"{EMAIL}\0\ud800")
    await lock(session, sealer)
    locked = await refusal(session, sealer, PASSWORD)
    assert {wrong, unknown, gone, not_yet, unreadable, locked} == {wrong}


async def test_a_password_is_compared_even_where_there_is_none(
    session: AsyncSession, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def verify(_: str, kept: str) -> bool:
        compared.append(kept)
        return True

    monkeypatch.setattr(passwords, "verify", verify)
    await refusal(session, sealer, PASSWORD, "nobody@exemple.fr")
    assert compared == [passwords._NOBODYS]


async def test_five_errors_lock_the_account_and_not_four(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    for _ in range(TRIES - 1):
        await refusal(session, sealer, WRONG)
    await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    await lock(session, sealer)
    await refusal(session, sealer, PASSWORD)


async def test_a_lock_ends_by_itself_and_those_who_go_on_do_not_lengthen_it(
    session: AsyncSession, sealer: Sealer
) -> None:
    await account(session)
    for _ in range(3):
        await lock(session, sealer)
    with pytest.raises(NotAllowed):
        await sign_in(session, sealer, EMAIL, PASSWORD, NOON + LOCK - MINUTE)
    with pytest.raises(NotAllowed):
        await sign_in(session, sealer, EMAIL, WRONG, NOON + LOCK)
    await sign_in(session, sealer, EMAIL, PASSWORD, NOON + LOCK)


async def test_errors_at_the_same_moment_are_counted_one_by_one(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        mine = (await account(session)).caseworker_id

    async def guess() -> None:
        async with database.transaction() as session:
            await refusal(session, sealer, WRONG)

    await asyncio.gather(*(guess() for _ in range(TRIES)))
    async with database.transaction() as session:
        assert (await session.get_one(CaseworkerAccount, mine)).locked_until == NOON + LOCK
        await refusal(session, sealer, PASSWORD)


async def test_one_code_at_two_desks_at_the_same_moment_opens_one(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        await with_code(session, sealer)
        tokens = [(await sign_in(session, sealer, EMAIL, PASSWORD, NOON)).token for _ in range(2)]

    async def give(token: str) -> bool:
        async with database.transaction() as session:
            try:
                await give_code(session, sealer, token, code(NOON), NOON)
            except NotAllowed:
                return False
            return True

    assert sorted(await asyncio.gather(*map(give, tokens))) == [False, True]


async def test_an_invitation_followed_twice_at_the_same_moment_is_used_once(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        _, token = await invited(session, sealer)

    async def accept(password: str) -> bool:
        async with database.transaction() as session:
            try:
                await accounts.accept_invitation(session, sealer, token, password, NOON)
            except NotFound:
                return False
            return True

    assert sorted(await asyncio.gather(accept("la mer est calme"), accept("la mer est haute"))) == [False, True]


async def test_a_lock_leaves_the_holder_at_work(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    await lock(session, sealer)
    await by_session(session, sealer, signed.token, NOON)


async def test_a_digest_of_another_cost_is_written_anew(
    session: AsyncSession, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = await account(session)
    former = mine.password_digest
    monkeypatch.undo()
    await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    assert former != mine.password_digest
    assert mine.password_digest
    assert not passwords.is_dated(mine.password_digest)
    await sign_in(session, sealer, EMAIL, PASSWORD, NOON)


async def test_a_session_opens_nothing_before_its_code(session: AsyncSession, sealer: Sealer) -> None:
    await with_code(session, sealer)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    assert signed.needs_code
    with pytest.raises(NotAllowed, match="signed_out"):
        await by_session(session, sealer, signed.token, NOON)
    await give_code(session, sealer, signed.token, code(NOON), NOON)
    await by_session(session, sealer, signed.token, NOON)


async def test_a_code_opens_one_session_only(session: AsyncSession, sealer: Sealer) -> None:
    await with_code(session, sealer)
    first, second = [await sign_in(session, sealer, EMAIL, PASSWORD, NOON) for _ in range(2)]
    await give_code(session, sealer, first.token, code(NOON), NOON)
    # Pressed twice: the session is proved already.
    await give_code(session, sealer, first.token, code(NOON), NOON)
    with pytest.raises(NotAllowed, match="wrong_code"):
        await give_code(session, sealer, second.token, code(NOON), NOON)
    with pytest.raises(NotAllowed):
        await by_session(session, sealer, second.token, NOON)


async def test_the_right_password_gives_no_more_tries_of_the_code(session: AsyncSession, sealer: Sealer) -> None:
    await with_code(session, sealer)
    for _ in range(TRIES):
        signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
        with pytest.raises(NotAllowed, match="wrong_code"):
            await give_code(session, sealer, signed.token, wrong_code(NOON), NOON)
    await refusal(session, sealer, PASSWORD)
    with pytest.raises(NotAllowed, match="wrong_code"):
        await give_code(session, sealer, signed.token, code(NOON), NOON)


async def test_errors_are_forgotten_once_both_are_right(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    await refusal(session, sealer, WRONG)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    assert mine.failures == 1
    await give_code(session, sealer, signed.token, code(NOON), NOON)
    assert mine.failures == 0


async def test_a_code_without_a_session_is_refused(session: AsyncSession, sealer: Sealer) -> None:
    await with_code(session, sealer)
    with pytest.raises(NotAllowed, match="signed_out"):
        await give_code(session, sealer, "unknown", code(NOON), NOON)


async def test_a_session_ends_after_half_an_hour_without_a_word(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    await by_session(session, sealer, signed.token, NOON + 29 * MINUTE)
    await by_session(session, sealer, signed.token, NOON + 58 * MINUTE)
    with pytest.raises(NotAllowed, match="signed_out"):
        await by_session(session, sealer, signed.token, NOON + 88 * MINUTE)


async def test_a_session_ends_after_twelve_hours_however_busy(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    for minutes in range(0, 12 * 60, 20):
        await by_session(session, sealer, signed.token, NOON + minutes * MINUTE)
    with pytest.raises(NotAllowed, match="signed_out"):
        await by_session(session, sealer, signed.token, NOON + 12 * 60 * MINUTE)


async def test_a_session_of_somebody_who_left_opens_nothing(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    (await session.get_one(Caseworker, mine.caseworker_id)).active = False
    with pytest.raises(NotAllowed, match="signed_out"):
        await by_session(session, sealer, signed.token, NOON)


async def test_signing_out_ends_this_session_only(session: AsyncSession, sealer: Sealer) -> None:
    await account(session)
    here, there = [await sign_in(session, sealer, EMAIL, PASSWORD, NOON) for _ in range(2)]
    await accounts.sign_out(session, sealer, here.token, NOON)
    with pytest.raises(NotAllowed, match="signed_out"):
        await by_session(session, sealer, here.token, NOON)
    await by_session(session, sealer, there.token, NOON)


async def test_an_administrator_ends_all_of_somebodys_and_of_nobody_else(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    await account(session, email="other@exemple.fr")
    tokens = [(await sign_in(session, sealer, EMAIL, PASSWORD, NOON)).token for _ in range(2)]
    other = await sign_in(session, sealer, "other@exemple.fr", PASSWORD, NOON)
    await accounts.end_sessions(session, mine.caseworker_id, NOON)
    for token in tokens:
        with pytest.raises(NotAllowed, match="signed_out"):
            await by_session(session, sealer, token, NOON)
    await by_session(session, sealer, other.token, NOON)


async def test_an_invitation_makes_an_account_once(session: AsyncSession, sealer: Sealer) -> None:
    mine, token = await invited(session, sealer)
    await session.delete(mine)
    await session.flush()
    await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)
    await sign_in(session, sealer, EMAIL, "la mer est calme", NOON)
    with pytest.raises(NotFound, match="invitation_unknown"):
        await accounts.accept_invitation(session, sealer, token, "la mer est haute", NOON)


async def test_an_invitation_replaces_a_password_ends_its_sessions_and_a_lock(
    session: AsyncSession, sealer: Sealer
) -> None:
    mine, token = await invited(session, sealer)
    signed = await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    await lock(session, sealer)
    await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)
    with pytest.raises(NotAllowed):
        await by_session(session, sealer, signed.token, NOON)
    await refusal(session, sealer, PASSWORD)
    await sign_in(session, sealer, EMAIL, "la mer est calme", NOON)
    assert mine.locked_until is None


async def test_an_invitation_leaves_the_second_factor(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    token = await accounts.invite(session, sealer, mine.caseworker_id, NOON)
    await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)
    assert (await sign_in(session, sealer, EMAIL, "la mer est calme", NOON)).needs_code


@pytest.mark.parametrize(("days", "opens"), [(timedelta(days=7) - MINUTE, True), (timedelta(days=7), False)])
async def test_an_invitation_waits_for_a_week(
    session: AsyncSession, sealer: Sealer, days: timedelta, opens: bool
) -> None:
    _, token = await invited(session, sealer)
    if opens:
        await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON + days)
        return
    with pytest.raises(NotFound, match="invitation_unknown"):
        await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON + days)


async def test_a_refused_password_leaves_the_invitation(session: AsyncSession, sealer: Sealer) -> None:
    _, token = await invited(session, sealer)
    for password in ("trop court", "motdepasse2026", "kerdoncuff et la mer"):
        with pytest.raises(Unreadable, match="password_refused"):
            await accounts.accept_invitation(session, sealer, token, password, NOON)
    await sign_in(session, sealer, EMAIL, PASSWORD, NOON)
    await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)


async def test_a_new_invitation_takes_the_place_of_the_former(session: AsyncSession, sealer: Sealer) -> None:
    mine, former = await invited(session, sealer)
    token = await accounts.invite(session, sealer, mine.caseworker_id, NOON)
    with pytest.raises(NotFound):
        await accounts.accept_invitation(session, sealer, former, "la mer est calme", NOON)
    await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)


async def test_somebody_who_left_is_not_let_in_by_an_invitation(session: AsyncSession, sealer: Sealer) -> None:
    mine, token = await invited(session, sealer)
    (await session.get_one(Caseworker, mine.caseworker_id)).active = False
    with pytest.raises(NotFound):
        await accounts.accept_invitation(session, sealer, token, "la mer est calme", NOON)


async def test_tokens_are_kept_as_digests_that_differ(session: AsyncSession, sealer: Sealer) -> None:
    _, invitation = await invited(session, sealer)
    token = (await sign_in(session, sealer, EMAIL, PASSWORD, NOON)).token
    kept = [
        await session.scalar(select(AccountInvitation.token_digest)),
        await session.scalar(select(CaseworkerSession.token_digest)),
    ]
    for one in (invitation, token):
        assert len(one) > 40
        assert all(digest and one.encode() not in digest and digest not in one.encode() for digest in kept)
    # The same token opens nothing of the other kind.
    with pytest.raises(NotAllowed):
        await by_session(session, sealer, invitation, NOON)
