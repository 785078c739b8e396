"""The invented site: one script tag, a policy that lets in Hent and nobody else, and facts with their sources."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from api.core.settings import Settings
from api.seed import files
from api.texts.formats import full_date
from channels.site.pages import PAGES, TEMPLATES

EVERY = [*PAGES, "/absent"]
VOID = {"meta", "link", "img", "source", "br"}
SENTENCE = re.compile(r"[.!?:](?:\s|$)")
LONGEST_SENTENCE = 18


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


async def read(visitor: httpx.AsyncClient, path: str) -> Tags:
    return Tags((await visitor.get(path)).text)


@pytest.mark.parametrize("path", EVERY)
async def test_every_page_embeds_hent_by_one_tag(path: str, visitor: httpx.AsyncClient, settings: Settings) -> None:
    page = await read(visitor, path)
    theirs = [one for one in page.of("script") if not str(one["src"]).startswith("/")]
    assert theirs == [{"src": f"{settings.public_url}/embed.js", "data-authority": "cd29", "defer": None}]


@pytest.mark.parametrize("path", EVERY)
async def test_nothing_is_inline_and_nothing_comes_from_another_host(
    path: str, visitor: httpx.AsyncClient, settings: Settings
) -> None:
    page = await read(visitor, path)
    assert page.of("style") == []
    assert all(one.get("src") for one in page.of("script"))
    assert not [name for _, attributes in page.tags for name in attributes if name == "style" or name.startswith("on")]
    loaded = [one for _, attributes in page.tags for name, one in attributes.items() if name in {"src", "srcset"}]
    loaded += [one["href"] for one in page.of("link")]
    assert all(str(one).startswith(("/static/", settings.public_url)) for one in loaded)


@pytest.mark.parametrize("path", EVERY)
async def test_the_policy_lets_in_one_script_and_one_frame(
    path: str, visitor: httpx.AsyncClient, settings: Settings
) -> None:
    policy = (await visitor.get(path)).headers["content-security-policy"]
    allowed = {words.split()[0]: words.split()[1:] for words in policy.split("; ")}
    assert allowed["script-src"] == ["'self'", f"{settings.public_url}/embed.js"]
    assert allowed["frame-src"] == [settings.public_url]
    assert {name for name, sources in allowed.items() if sources == ["'none'"]} >= {"default-src", "frame-ancestors"}
    assert "connect-src" not in allowed, "the site asks nobody anything: default-src stands"


async def test_a_fact_is_shown_with_its_source_and_its_days(visitor: httpx.AsyncClient) -> None:
    page = await read(visitor, "/rsa")
    cited = re.findall(r'cite\("(?:facts|numbers)", "(\w+)"\)', (TEMPLATES / "rsa.html").read_text())
    assert len(page.of("li")) > len(cited) > 8
    assert "651,69\xa0€" in page.text
    assert "Décret 2026-220 du 30 mars 2026 ; openfisca-france" in page.text
    assert f"à vérifier avant le {full_date('2027-03-15')}" in page.text


def test_no_figure_is_written_by_hand() -> None:
    for template in TEMPLATES.glob("*.html"):
        words = re.sub(r"{[{%].*?[%}]}|<[^>]*>", "", template.read_text(), flags=re.DOTALL)
        assert not re.search(r"\d", words), template.name
    assert not re.search(r"\d", " ".join(one["summary"] + " ".join(one["text"]) for one in files.site()["news"]))


def test_news_are_in_short_sentences() -> None:
    for one in files.site()["news"]:
        for sentence in SENTENCE.split(" ".join([one["title"] + ".", one["summary"], *one["text"]])):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


async def test_a_page_that_is_not_there_says_so_in_french_and_gives_a_number(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/absent")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.text
    assert 'href="tel:0261912900"' in answer.text


async def test_the_page_in_hand_is_marked_in_the_menu(visitor: httpx.AsyncClient) -> None:
    for path in PAGES:
        current = [link["href"] for link in (await read(visitor, path)).of("a") if "aria-current" in link]
        assert current == [path]


def test_what_to_try_names_people_of_the_demonstration() -> None:
    """A number and the date after it are one person's; the desk's account exists."""
    members = [one for homes in files.people().values() for home in homes for one in home["members"]]
    known = {one["phone"]: full_date(one["born"]) for one in members}
    tries = files.site()["tries"]
    tried = [says[at : at + 2] for says in (group["says"] for group in tries) for at in range(len(says))]
    pairs = [(number, born) for number, born in (pair for pair in tried if len(pair) == 2) if number.startswith("06")]
    assert len(pairs) == 2
    assert {number: known[number] for number, _ in pairs} == dict(pairs)


async def test_the_invented_is_said_to_be_invented(visitor: httpx.AsyncClient) -> None:
    for path in EVERY:
        assert "Ce n’est pas le site d’un vrai Département" in (await read(visitor, path)).text
