"""A letter on one page, for whoever no SMS reaches: folded in three, its window shows a name and a commune only."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fpdf import FPDF
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.unreachable import Unreached
from api.core.clock import paris
from api.core.sealing import Sealer
from api.identity import letter_codes
from api.texts.formats import clock_time, day, full_date, phone

WINDOW = (110.0, 45.0, 85.0)
"""Left, top and width in millimetres of what a French window envelope shows (DL, NF Z 10-011)."""
MARGIN, LINE, GAP = 25.0, 6.0, 3.0
MOST = 5
"""Dates that leave room for the rest on one page; the later ones are in the next letter."""
FONT = "Helvetica"
PLAIN, LARGE = 12, 18
"""Points: the code is read on paper and typed on a telephone."""
TITLES = {"madame": "Madame", "monsieur": "Monsieur"}


@dataclass(frozen=True)
class Letter:
    """What one page holds. `code` opens the file with the birth date: it is on this page and nowhere else."""

    to: Unreached
    code: str
    until: date
    """The last day on which it does."""
    site: str
    """Where the code is typed."""


async def letter_to(session: AsyncSession, sealer: Sealer, to: Unreached, site: str, now: datetime) -> Letter:
    """The letter, with a code that is made for it."""
    code = await letter_codes.make(session, sealer, to.id, now)
    return Letter(to, letter_codes.spaced(code), paris(now + letter_codes.LIVES).date(), site.rstrip("/"))


def printed(letters: Sequence[Letter], today: date) -> bytes:
    """The letters as one PDF, a page each, dated of `today`."""
    pdf = FPDF(format="A4")
    # The fonts that every reader carries know French, and nothing has to be shipped.
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_title("Courrier")
    pdf.set_lang("fr-FR")
    for letter in letters:
        pdf.add_page()
        pdf.set_font(FONT, size=PLAIN)
        pdf.multi_cell(80, 5, _plain(f"{letter.to.authority}\n{letter.to.address}"))
        _addressed(pdf, letter.to)
        _said(pdf, letter, today)
    return bytes(pdf.output())


def before(letter: Letter) -> list[str]:
    """What it says first: when, whom to call, and where to write; no benefit, no reason, no consequence."""
    wish = "confirmer, changer de date" if letter.to.visits else "choisir un jour"
    return [
        f"{TITLES[letter.to.title]},",
        *_visits(letter.to.visits),
        f"Pour {wish} ou poser une question, appelez le {phone(letter.to.phone)}.",
        f"Vous pouvez aussi nous écrire sur internet, à cette adresse : {letter.site}",
        "Demandez-y votre prochain rendez-vous. Donnez ensuite ce code et votre date de naissance :",
    ]


def after(letter: Letter) -> list[str]:
    """What it says below the code."""
    return [
        f"Ce code est pour vous seulement. Il sert une fois, jusqu'au {full_date(letter.until)}.",
        "Vous ne recevez pas nos SMS. Pour en recevoir, donnez votre numéro de portable en appelant.",
        "Vous pouvez venir avec la personne de votre choix.",
    ]


def _visits(visits: tuple[datetime, ...]) -> list[str]:
    if not visits:
        return ["Nous souhaitons vous proposer un rendez-vous."]
    said = [f"le {day(starts_at)} à {clock_time(starts_at)}" for starts_at in visits[:MOST]]
    if len(said) == 1:
        return [f"Vous avez rendez-vous {said[0]}."]
    return ["\n".join(["Vous avez rendez-vous :", *(f"- {one}" for one in said)])]


def _addressed(pdf: FPDF, to: Unreached) -> None:
    left, top, width = WINDOW
    pdf.set_xy(left, top)
    # The street is not in our files: it is written by hand.
    dots = "." * 46
    pdf.multi_cell(width, LINE, _plain(f"{TITLES[to.title]} {to.name}\n{dots}\n{to.commune}"), align="L")


def _said(pdf: FPDF, letter: Letter, today: date) -> None:
    pdf.set_xy(MARGIN, 100)
    _write(pdf, f"Le {full_date(today)}", align="R")
    for line in before(letter):
        _write(pdf, line)
    pdf.set_font(FONT, style="B", size=LARGE)
    _write(pdf, letter.code, align="C")
    pdf.set_font(FONT, size=PLAIN)
    for line in after(letter):
        _write(pdf, line)
    pdf.ln(GAP)
    _write(pdf, letter.to.authority)


def _write(pdf: FPDF, text: str, align: str = "L") -> None:
    pdf.ln(GAP)
    pdf.multi_cell(0, LINE, _plain(text), align=align, new_x="LMARGIN", new_y="NEXT")


def _plain(text: str) -> str:
    """In the letters of those fonts: what they lack loses its accent, as a postman reads it all the same."""
    bare = "".join(char if _known(char) else unicodedata.normalize("NFKD", char) for char in text)
    return "".join(filter(_known, bare))


def _known(char: str) -> bool:
    try:
        return bool(char.encode("windows-1252"))
    except UnicodeEncodeError:
        return False
