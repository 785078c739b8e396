"""A letter says when, whom to call and how to be known, on one page, and nothing of why one is followed."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PageObject, PdfReader
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import Why
from api.appointments.reminding.letters import Letter, letter_to, printed
from api.appointments.reminding.unreachable import Unreached
from api.core.sealing import Sealer
from api.identity.letter_codes import PURPOSE, redeem
from tests import factories

TODAY = date(2026, 11, 24)
VISIT = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SITE = "https://hent.exemple.fr"
WINDOW = ((311, 538), (624, 715))
"""Points from the left and from the bottom: what the window of an envelope shows, with a line below."""


def unreached(visits: int = 1, name: str = "Maëlle Le Goff", person: UUID | None = None) -> Unreached:
    return Unreached(
        id=person or uuid4(),
        why=Why.no_mobile,
        title="madame",
        name=name,
        commune="Brest",
        organisation=None,
        authority="Département du Finistère",
        address="1 place des Ajoncs, 29000 Quimper",
        phone="+33261910010",
        visits=tuple(VISIT + timedelta(days=7 * nth) for nth in range(visits)),
    )


def letter(to: Unreached) -> Letter:
    return Letter(to, "482 177 365", date(2026, 12, 22), SITE)


def pages(*letters: Letter) -> list[PageObject]:
    return list(PdfReader(BytesIO(printed(letters, TODAY))).pages)


def text_of(page: PageObject) -> str:
    """As it is read: where a line was broken matters to nobody."""
    return " ".join(page.extract_text().split())


def test_it_holds_the_dates_the_number_the_code_and_until_when_it_is_good() -> None:
    (page,) = pages(letter(unreached(2)))
    said = text_of(page)
    assert "Vous avez rendez-vous : - le vendredi 27 novembre à 9 h 30 - le vendredi 4 décembre à 9 h 30" in said
    assert "Pour confirmer, changer de date ou poser une question, appelez le 02 61 91 00 10." in said
    assert f"{SITE} Demandez-y votre prochain rendez-vous." in said
    assert "482 177 365 Ce code est pour vous seulement. Il sert une fois, jusqu'au 22 décembre 2026." in said
    assert "Le 24 novembre 2026" in said


@pytest.mark.parametrize("visits", [0, 1, 3])
def test_it_holds_nothing_of_money_or_of_why(visits: int) -> None:
    (page,) = pages(letter(unreached(visits)))
    said = text_of(page).casefold()
    for word in ("rsa", "insertion", "orientation", "contrat", "suspen", "sanction", "caf", "€", "obligat", "social"):
        assert word not in said


def test_without_an_appointment_one_is_offered() -> None:
    (page,) = pages(letter(unreached(0)))
    assert "Nous souhaitons vous proposer un rendez-vous. Pour choisir un jour ou poser" in text_of(page)


@pytest.mark.parametrize("name", ["Maëlle Le Bœuf", "Ayşe Ünal", "Нина", "Marie-Annick de Kersauson de Pennendreff"])
@pytest.mark.parametrize("visits", [0, 5, 9])
def test_it_is_one_page_whatever_the_name_and_however_many_dates(name: str, visits: int) -> None:
    (page,) = pages(letter(unreached(visits, name)))
    said = text_of(page)
    assert said.endswith("Département du Finistère")
    assert said.count(" à 9 h 30") == min(visits, 5)


def test_a_list_is_a_page_each_and_each_page_has_its_own_code() -> None:
    others = [Letter(unreached(1, f"Maëlle Le Goff {nth}"), f"482 177 36{nth}", TODAY, SITE) for nth in range(3)]
    found = [text_of(page) for page in pages(*others)]
    assert [f"482 177 36{nth}" in text for nth, text in enumerate(found)] == [True] * 3
    assert [text.count("482 177") for text in found] == [1] * 3


def test_the_window_shows_a_name_and_a_commune_and_no_code() -> None:
    (page,) = pages(letter(unreached()))
    seen: list[str] = []

    def visit(text: str, _: object, matrix: list[float], *__: object) -> None:
        (left, right), (low, high) = WINDOW
        if left <= matrix[4] <= right and low <= matrix[5] <= high:
            seen.append(text.strip())

    page.extract_text(visitor_text=visit)
    assert [text.strip(".") for text in seen if text.strip(".")] == ["Madame Maëlle Le Goff", "Brest"]


async def test_each_printing_makes_a_code_that_opens_the_file(session: AsyncSession, sealer: Sealer) -> None:
    person = await factories.person(session)
    to = unreached(person=person.id)
    first, second = [await letter_to(session, sealer, to, f"{SITE}/", NOW) for _ in range(2)]
    assert first.code != second.code
    assert (first.site, first.until) == (SITE, date(2026, 12, 22))
    digest = sealer.digest(PURPOSE, first.code.replace(" ", ""))
    assert await redeem(session, digest, person.birth_date, NOW) == person.id
