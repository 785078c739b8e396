"""A letter on one page, for whoever no SMS reaches: folded in three, its window shows a name and a commune only."""

import unicodedata
from datetime import date, datetime

from fpdf import FPDF

from api.appointments.reminding.unreachable import Unreached
from api.texts.formats import clock_time, day, full_date, phone

WINDOW = (110.0, 45.0, 85.0)
"""Left, top and width in millimetres of what a French window envelope shows (DL, NF Z 10-011)."""
MARGIN, LINE = 25.0, 7.0
FONT = "Helvetica"
TITLES = {"madame": "Madame", "monsieur": "Monsieur"}


def letter(to: Unreached, today: date) -> bytes:
    """The letter as PDF, dated of `today`."""
    pdf = FPDF(format="A4")
    # The fonts that every reader carries know French, and nothing has to be shipped.
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_title("Courrier")
    pdf.set_lang("fr-FR")
    pdf.add_page()
    pdf.set_font(FONT, size=11)
    pdf.multi_cell(80, 5, _plain(f"{to.authority}\n{to.address}"))
    _addressed(pdf, to)
    _said(pdf, to, today)
    return bytes(pdf.output())


def lines(to: Unreached) -> list[str]:
    """What it says: when, whom to call, and how to hear of it sooner; no benefit, no reason, no consequence."""
    return [
        f"{TITLES[to.title]},",
        *_visits(to.visits),
        f"Pour le confirmer, changer de date ou poser une question, appelez le {phone(to.phone)}.",
        "Vous ne recevez pas nos SMS. Pour en recevoir, donnez votre numéro de portable en appelant.",
        "Vous pouvez venir avec la personne de votre choix.",
    ]


def _visits(visits: tuple[datetime, ...]) -> list[str]:
    if not visits:
        return ["Nous souhaitons vous proposer un rendez-vous."]
    said = [f"le {day(starts_at)} à {clock_time(starts_at)}" for starts_at in visits]
    if len(said) == 1:
        return [f"Vous avez rendez-vous {said[0]}."]
    return ["Vous avez rendez-vous :", *(f"- {one}" for one in said)]


def _addressed(pdf: FPDF, to: Unreached) -> None:
    left, top, width = WINDOW
    pdf.set_xy(left, top)
    # The street is not in our files: it is written by hand.
    dots = "." * 46
    pdf.multi_cell(width, LINE, _plain(f"{TITLES[to.title]} {to.name}\n{dots}\n{to.commune}"), align="L")


def _said(pdf: FPDF, to: Unreached, today: date) -> None:
    pdf.set_xy(MARGIN, 100)
    pdf.multi_cell(0, LINE, _plain(f"Le {full_date(today)}"), align="R", new_x="LMARGIN", new_y="NEXT")
    for line in lines(to):
        pdf.ln(3)
        pdf.multi_cell(0, LINE, _plain(line), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(8)
    pdf.multi_cell(0, LINE, _plain(to.authority), new_x="LMARGIN", new_y="NEXT")


def _plain(text: str) -> str:
    """In the letters of those fonts: what they lack loses its accent, as a postman reads it all the same."""
    bare = "".join(char if _known(char) else unicodedata.normalize("NFKD", char) for char in text)
    return "".join(filter(_known, bare))


def _known(char: str) -> bool:
    try:
        return bool(char.encode("windows-1252"))
    except UnicodeEncodeError:
        return False
