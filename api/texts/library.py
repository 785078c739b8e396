"""The sentences: `data/texts/<topic>.yml`, and over them what each authority has approved."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from api.core.documents import read_yaml
from api.languages import Language, languages
from api.privacy.audience import Channel
from api.privacy.disclosure import GENERAL
from api.texts.formats import FILTERS

PARTS = "parts"
"""Among a button's words: any words of its title name it ("jeudi", "14 h"). Said of what is listed, such as hours."""
FOLDER = Path(__file__).parents[2] / "data" / "texts"
SIMPLE = FOLDER / "simple" / "answers.yml"
MSA = FOLDER / "msa"
MSA_FORM = " (MSA)"
LANGUAGES = "languages"
"""The topic of what is said in another language: data/languages/."""


@dataclass(frozen=True)
class Button:
    """A choice under an answer: what people read, and what it stands for.

    As written, `title` and the values of `entities` are templates: of the saying's facts, and of `item` when there is
    one button for each item of the fact that `each` names. A title that comes out empty is no button.
    """

    title: str
    intent: str
    entities: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """What may be typed instead: "yes" or "no" in any way of saying it, "phone", PARTS, or folded words."""
    each: str | None = None


@dataclass(frozen=True)
class Entry:
    """One name and its two forms."""

    name: str
    topic: str
    web: str
    sms: str | None
    """None: nothing is said by SMS."""
    tells: str = GENERAL
    """The kind of personal fact that it tells, as `disclosure.yml` names them."""
    example: dict[str, Any] = field(default_factory=dict)
    choices: tuple[Button, ...] = ()
    simple: str | None = None
    """In everyday words, for whoever has not understood; None: the SMS form is all there is."""
    language: Language | None = None
    """None: French."""
    at_msa: "Entry | None" = None
    """What is said instead to whoever has the RSA from the MSA, if that differs."""

    def form(self, channel: Channel) -> str | None:
        """The template for a channel."""
        return self.web if channel is Channel.web else self.sms

    def forms(self) -> dict[str, str]:
        """Every template of it, by name: "web", "sms", "simple", and those that differ at the MSA ("web (MSA)")."""
        own = {name: text for name in ("web", "sms", "simple") if (text := getattr(self, name))}
        farming = self.at_msa.forms() if self.at_msa else {}
        return own | {name + MSA_FORM: text for name, text in farming.items() if text != own.get(name)}

    def shortly(self) -> str | None:
        """The template for whoever has not understood, on any channel."""
        return self.simple or self.sms


@lru_cache
def entries() -> dict[str, Entry]:
    """Every entry of every topic. Raises ValueError when two topics use one name."""
    known: dict[str, Entry] = {}
    simple: dict[str, str] = read_yaml(SIMPLE)
    farmers = for_farmers()
    for file in sorted(FOLDER.glob("*.yml")):
        for name, raw in read_yaml(file).items():
            if name in known:
                raise ValueError(f"{name} stands in {known[name].topic} and in {file.stem}")
            entry = _entry(name, file.stem, raw | {"simple": simple.get(name)})
            known[name] = replace(entry, at_msa=_at_msa(entry, farmers.get(name)))
    cards = (entry for language in languages().values() for entry in _cards(language))
    return known | {entry.name: entry for entry in cards}


def for_farmers() -> dict[str, dict[str, str]]:
    """The forms for whoever has the RSA from the MSA, by the name of the text that they stand for."""
    return {name: forms for file in sorted(MSA.glob("*.yml")) for name, forms in read_yaml(file).items()}


def overlaid(entry: Entry, web: str, sms: str | None) -> Entry:
    """The entry in an authority's own words; what it tells and offers stays, our simpler words do not."""
    return replace(entry, web=web, sms=sms, simple=None)


@lru_cache(maxsize=2000)
def template(source: str) -> Template:
    """A compiled sentence. A name that is missing is an error, never a hole in the sentence."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    environment.filters.update(FILTERS)
    return environment.from_string(source)


def _entry(name: str, topic: str, raw: dict[str, Any]) -> Entry:
    return Entry(
        name=name,
        topic=topic,
        web=raw["web"].strip(),
        sms=raw["sms"].strip() if raw.get("sms") else None,
        tells=raw.get("tells", GENERAL),
        example=raw.get("example") or {},
        choices=tuple(_button(choice) for choice in raw.get("choices") or ()),
        simple=raw["simple"].strip() if raw["simple"] else None,
    )


def _at_msa(entry: Entry, forms: dict[str, str] | None) -> Entry | None:
    """Without simple words of their own, those for everybody name no fund."""
    if forms is None:
        return None
    return replace(entry, web=forms["web"], sms=forms["sms"], simple=forms.get("simple", entry.simple))


def _cards(language: Language) -> list[Entry]:
    """The same words on a page and by SMS: each form more is one more to be read by somebody who speaks it."""
    human = Button(language.human, "request_human", words=("humain",))
    said = {language.card_name: language.card, language.again_name: language.again}
    urgent = {language.urgent_name(kind): one.say for kind, one in language.urgent.items()}
    return [
        Entry(name, LANGUAGES, web=text, sms=text, choices=(human,) if name in said else (), language=language)
        for name, text in (said | urgent).items()
    ]


def _button(raw: dict[str, Any]) -> Button:
    return Button(**{**raw, "words": tuple(raw.get("words") or ())})
