"""The mailbox of a demonstration: what professionals would get by e-mail, for nothing leaves it."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.mails.sending import kept
from api.texts.formats import clock_time, full_date
from channels.web.dependencies import TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/demo", tags=["demo"])

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True)
class Letter:
    """One e-mail as the page shows it: paragraphs of lines."""

    recipient: str
    subject: str
    at: str
    paragraphs: list[list[str]]


@router.get("/mailbox", response_class=HTMLResponse)
async def mailbox(session: TheSession, sealer: TheSealer, settings: TheSettings) -> str:
    """The last fifty, the newest first."""
    letters = [
        Letter(
            recipient=row.recipient,
            subject=row.subject,
            at=f"le {full_date(row.created_at)} à {clock_time(row.created_at)}",
            paragraphs=[paragraph.split("\n") for paragraph in text.strip().split("\n\n")],
        )
        for row, text in await kept(session, sealer)
    ]
    return _PAGES.get_template("mailbox.html").render(letters=letters, desk_url=settings.desk_url)
