from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.service import owner_of_number
from tests import factories

PHONE = "+33639980001"


async def test_a_number_of_one_person_is_theirs(session: AsyncSession) -> None:
    someone = await factories.person(session, phone=PHONE)
    await factories.person(session, phone="+33639980002")

    assert await owner_of_number(session, PHONE) == someone


async def test_an_unknown_number_is_nobodys(session: AsyncSession) -> None:
    await factories.person(session)

    assert await owner_of_number(session, PHONE) is None


async def test_a_shared_number_is_nobodys(session: AsyncSession) -> None:
    await factories.person(session, phone=PHONE)
    await factories.person(session, phone=PHONE, first_name="Yann")

    assert await owner_of_number(session, PHONE) is None


async def test_the_number_of_a_confidential_file_is_nobodys(session: AsyncSession) -> None:
    await factories.person(session, phone=PHONE, confidential=True)

    assert await owner_of_number(session, PHONE) is None


async def test_sharing_with_a_confidential_file_opens_nothing(session: AsyncSession) -> None:
    await factories.person(session, phone=PHONE)
    await factories.person(session, phone=PHONE, confidential=True)

    assert await owner_of_number(session, PHONE) is None
