"""A code is asked for once it was confirmed, is good once, and forgives a clock one step late or early."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.second_factor import confirm_enrolment, enrol, is_on, right_step
from api.core.errors import Conflict, NotFound, Unreadable
from api.core.sealing import Sealer
from tests.api.caseworkers.desk_accounts import EMAIL, NOON, account, code, step, with_code, wrong_code

LATE = {steps: NOON + timedelta(seconds=30 * steps) for steps in range(-3, 4)}


async def test_an_enrolment_asks_for_no_code_before_it_is_confirmed(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    secret, _ = await enrol(session, sealer, mine.caseworker_id)
    assert not is_on(mine)
    await confirm_enrolment(session, sealer, mine.caseworker_id, code(NOON, secret), NOON)
    assert is_on(mine)
    assert right_step(sealer, mine, code(NOON, secret), NOON) is None


async def test_the_secret_is_sealed_and_its_address_says_whose_it_is(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    secret, address = await enrol(session, sealer, mine.caseworker_id)
    read = urlsplit(address)
    assert (read.scheme, read.netloc, read.path) == ("otpauth", "totp", f"/Hent:{EMAIL.replace('@', '%40')}")
    assert parse_qs(read.query)["secret"] == [secret]
    assert mine.totp_sealed
    assert secret.encode() not in mine.totp_sealed
    assert sealer.open(mine.totp_sealed) == secret


async def test_a_wrong_code_confirms_nothing(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    await enrol(session, sealer, mine.caseworker_id)
    with pytest.raises(Unreadable):
        await confirm_enrolment(session, sealer, mine.caseworker_id, "", NOON)
    assert not is_on(mine)


async def test_an_enrolment_that_was_not_confirmed_begins_again(session: AsyncSession, sealer: Sealer) -> None:
    mine = await account(session)
    former, _ = await enrol(session, sealer, mine.caseworker_id)
    secret, _ = await enrol(session, sealer, mine.caseworker_id)
    assert secret != former
    await confirm_enrolment(session, sealer, mine.caseworker_id, code(NOON, secret), NOON)


async def test_a_second_factor_that_is_there_is_not_replaced(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    with pytest.raises(Conflict, match="enrolled"):
        await enrol(session, sealer, mine.caseworker_id)
    with pytest.raises(Conflict, match="not_enrolling"):
        await confirm_enrolment(session, sealer, mine.caseworker_id, code(NOON), NOON)


async def test_nobody_enrols_without_an_account(session: AsyncSession, sealer: Sealer) -> None:
    with pytest.raises(NotFound):
        await enrol(session, sealer, uuid4())


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_a_clock_may_be_one_step_late_or_early(
    session: AsyncSession, sealer: Sealer, steps: int, right: bool
) -> None:
    mine = await with_code(session, sealer)
    assert right_step(sealer, mine, code(LATE[steps]), NOON) == (step(LATE[steps]) if right else None)


async def test_neither_a_code_that_was_taken_nor_one_before_it_is_right(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    mine.totp_step = step(NOON)
    assert [right_step(sealer, mine, code(LATE[steps]), NOON) for steps in (-1, 0)] == [None, None]
    assert right_step(sealer, mine, code(LATE[1]), NOON) == step(LATE[1])


async def test_digits_may_be_parted(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    digits = code(NOON)
    assert right_step(sealer, mine, f" {digits[:3]} {digits[3:]}", NOON) == step(NOON)


@pytest.mark.parametrize("typed", [wrong_code(NOON), "", "１２３４５６", "not a code"])
async def test_anything_else_is_wrong(session: AsyncSession, sealer: Sealer, typed: str) -> None:
    assert right_step(sealer, await with_code(session, sealer), typed, NOON) is None


async def test_a_secret_of_another_installation_opens_nothing(session: AsyncSession, sealer: Sealer) -> None:
    mine = await with_code(session, sealer)
    assert right_step(Sealer("another key"), mine, code(NOON), NOON) is None
