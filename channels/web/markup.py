"""The chat's page, from the one file that holds its markup, for each place where it stands."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.authorities.front import Front
from api.texts.formats import phone
from channels.web.pieces import SHEET, STATIC, address

CALL = "<!--authority-->"
PLACE = "<!--place-->"
ENTRY = '<script type="module" src="/static/main.js"></script>'
BRAND = "L’insertion en Bretagne"
_TITLE = re.compile(r"<title>(.*?)</title>")
# A frame is too narrow for it, and a browser fetches even what is not shown.
_SHORE = re.compile(r'^ *<img class="shore".*\n', re.MULTILINE)
_PARTS = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_PARTS.filters["phone"] = phone


@dataclass(frozen=True)
class Whom:
    """Whom to call: all that is known of an authority when its database was never reached."""

    name: str
    phone: str
    hours: str


def home_page(whom: Whom) -> str:
    """Of everybody."""
    return _made("chat.js", "chat.css").replace(CALL, call(whom))


def own_page(front: Front, sms: str | None) -> str:
    """Of one authority, useful without JavaScript; `sms`: the number to which questions may be sent."""
    page = _of(_made("chat.js", "own.css"), front)
    place = _PARTS.get_template("place.html").render(front=front, sms=sms)
    return page.replace(PLACE, place).replace("<body>", f'<body data-authority="{front.code}">')


def framed_page(front: Front) -> str:
    """The same chat, inside a page of one of the authority's sites."""
    page = _SHORE.sub("", _of(_made("frame.js", "frame.css"), front))
    sites = escape(" ".join(front.sites))
    return page.replace("<body>", f'<body class="framed" data-authority="{front.code}" data-sites="{sites}">')


def call(whom: Whom) -> str:
    """Whom to call, as a sentence of HTML; nothing when the authority was never read."""
    if not whom.phone:
        return ""
    name, hours = escape(whom.name), escape(whom.hours)
    return f'Appelez le <a href="tel:{escape(whom.phone)}">{escape(phone(whom.phone))}</a> : {name}, {hours}.'


def _of(page: str, front: Front) -> str:
    door = front.door
    page = _TITLE.sub(lambda found: f"<title>{found[1]} : {escape(door.name)}</title>", page)
    page = page.replace(BRAND, escape(door.name))
    return page.replace(CALL, call(Whom(door.name, door.phone, door.hours)))


def _made(script: str, style: str) -> str:
    page = (STATIC / "index.html").read_text("utf-8")
    sheet = f'  <link rel="stylesheet" href="{address(style)}">\n'
    page = SHEET.sub("", SHEET.sub(lambda _: sheet, page, count=1))
    return page.replace(ENTRY, ENTRY.replace("/static/main.js", address(script)))
