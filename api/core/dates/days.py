"""The days that a text names, each with where it stands: dates, weekdays, weeks and months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.core.dates import readers
from api.core.dates.counting import Days, exact
from api.core.dates.spoken import WEEKDAYS, blanked
from api.core.written_dates import written_dates


@dataclass(frozen=True)
class Named:
    """Days in a text; several spans when the words may mean either ("vendredi prochain")."""

    start: int
    end: int
    spans: tuple[Days, ...]
    bare: bool = False
    """A number alone: its month is that of what follows ("du 3 au 5 janvier")."""
    is_weekday: bool = False


_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NEXT = r"(?:prochaine?|pro|proch|d apres|suivante?|qui (?:vient|arrive))"
# What makes of a number something other than a day.
_COUNTED = (
    r"(?!\s?(?:[/.:,%€]|\d|h\b|heures?|euros?|eur\b|ans?\b|jours?|mois|semaines?|minutes|km|enfants?|personnes?))"
)


def days_in(text: str, today: date) -> list[Named]:
    """The days of a spoken text, in their order, none overlapping another."""
    found = list(_full_dates(text))
    for one in found:
        text = blanked(text, one.start, one.end)
    for pattern, read in _SHAPES:
        for match in pattern.finditer(text):
            spans = read(match, today)
            if spans:
                bare = pattern is _BARE
                start = match.start("at" if match.groupdict().get("at") else 0)
                found.append(Named(start, match.end(), spans, bare, match[0] in WEEKDAYS))
            # "Le 31 novembre" is read by nothing else either: its 31 is of no other month.
            if spans or (spans == () and read is readers.in_words):
                text = blanked(text, match.start(), match.end())
    return sorted(found, key=lambda one: one.start)


def _full_dates(text: str) -> Iterator[Named]:
    for written in written_dates(text):
        year = written.year if written.full_year else 2000 + written.year
        if day := exact(year, written.month, written.day):
            yield Named(written.start, written.end, ((day, day),))


# "dans le 29" is the Finistère, "mon numéro est le 06" a telephone.
# "au 12 rue de Brest" is where somebody lives.
_STREET = (
    r"(?! (?:bis |ter )?(?:rue|avenue|boulevard|bd|allees?|place|impasse|chemin|quai|route|square|venelle"
    r"|lotissement)\b)"
)
_BARE = re.compile(
    rf"(?<!\bdans )(?<!numero est )(?<!numero c est )\b(?:le|au|du) (?P<at>{_DAY}(?:er)?)\b{_COUNTED}{_STREET}"
)
_NOW_ALONE = r"^(?:\w+ )?maintenant\b(?: \w+)?$|\b(?:libre|dispo|disponible|possible|venir|passer) maintenant\b"
""" "J'habite à Pluvigner maintenant" names no day."""
_NOT_THE_FEAST = "".join(f"(?<!{what} de )" for what in ("vacances", "prime", "cadeau", "cadeaux", "fetes", "repas"))
_SHAPES: tuple[tuple[re.Pattern[str], readers.Reader], ...] = tuple(
    (re.compile(pattern) if isinstance(pattern, str) else pattern, read)
    for pattern, read in (
        (rf"(?<![\d/.]){_DAY} ?/ ?(?P<month>0?[1-9]|1[0-2])(?![\d/])", readers.in_figures),
        (rf"(?<=\ble ){_DAY} (?P<month>0[1-9]|1[0-2])\b(?! ?(?:h|:|\d))", readers.in_figures),
        (rf"(?:\b{_WEEKDAY} )?(?<!\d)(?:{_DAY}|\bpremier) ?(?:er)? ?(?P<month>[a-z]{{3,10}})\b", readers.in_words),
        (
            r"\b(?:(?P<part>debut|mi|milieu|fin|courant)(?: du)?(?: mois)?(?: de| d)?|en|mois de|mois d"
            r"|(?:avant|apres|des|pour|jusqu en|d ici|a partir de|a partir d|a compter de)(?= (?P<at>[a-z]+)))"
            r" (?!(?:fin|debut|mi|le|la|les|l|un|une)\b)(?P<month>[a-z]{3,10})\b"
            r"(?: (?P<year>20\d\d))?",
            readers.month_part,
        ),
        (r"(?P<part>)\b(?P<month>[a-z]{3,10}) (?P<year>20\d\d)\b", readers.month_part),
        (rf"\b{_WEEKDAY}(?: le)? (?:{_DAY}(?:er)?|premier)\b{_COUNTED}", readers.weekday_number),
        (_BARE, readers.bare_number),
        (rf"\b{_WEEKDAY} (?:de )?(?:la )?semaine {_NEXT}(?P<said>)", readers.weekday),
        (rf"\b{_WEEKDAY} de cette semaine\b(?P<said>)", readers.weekday),
        (rf"\bsemaine {_NEXT} (?:le )?{_WEEKDAY}(?P<said>)", readers.weekday),
        (rf"\b{_WEEKDAY}\b(?: (?P<said>{_NEXT}|derniere?|passe|en (?:8|15)))?", readers.weekday),
        (r"\b(?:apres demain|demain|avant hier|hier|aujourd hui|tout de suite)\b", readers.near),
        (_NOW_ALONE, readers.near),
        # The part of the day stays to be read as hours.
        (r"\bce(?= (?:matin|midi|soir)\b)|\bcet(?= (?:aprem|apres midi)\b)|\bdans la journee\b", readers.near),
        (rf"\b(?:(?P<part>debut|milieu|fin) de (?:la )?)?semaine (?P<next>{_NEXT})", readers.week),
        (r"\b(?P<part>debut|milieu|fin) de (?:la )?semaine\b(?P<next>)|\bcette semaine\b", readers.week),
        (rf"\bweek ?end(?: (?P<next>{_NEXT}))?\b", readers.weekend),
        (rf"\b(?:(?P<part>debut|milieu|fin) du )?mois? (?P<next>{_NEXT})", readers.month_from_now),
        (r"\b(?P<part>debut|milieu|fin) (?:du|de|de ce) mois\b(?P<next>)|\bce mois\b", readers.month_from_now),
        (rf"\b(?P<part>)(?:annee|an) (?P<next>{_NEXT})", readers.year_from_now),
        (r"\b(?P<part>fin) (?:d|de l|de cette) annee\b(?P<next>)", readers.year_from_now),
        (_NOT_THE_FEAST + r"\bnoel\b|\bnouvel an\b|\bjour de l an\b", readers.feast),
    )
)
