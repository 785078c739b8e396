"""A place or a trade alone is an answer to our question, whatever its words resemble."""

from __future__ import annotations

from typing import Any

import pytest

from hent_bot.bare import is_bare


def found(text: str, *names: str) -> list[dict[str, Any]]:
    return [{"entity": "place", "start": text.index(name), "end": text.index(name) + len(name)} for name in names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("dinan", ["dinan"]),
        ("plutot a quimper", ["quimper"]),
        ("non a quimper", ["quimper"]),
        ("a dinan s il vous plait merci", ["dinan"]),
        ("pas soudeur boulanger", ["soudeur", "boulanger"]),
        ("pardon je voulais dire quimper", ["quimper"]),
        ("soudeur vers brest", ["soudeur", "brest"]),
        ("dans le batiment", ["batiment"]),
        ("plouhinec 29", ["plouhinec"]),
        ("celui du morbihan", []),
        ("29780", []),
        ("dans les cotes d armor", []),
        ("carhaix plutot court et paye", ["carhaix"]),
        ("laisse tomber soudeur plutot", ["soudeur"]),
        ("ce n est pas cela de la comptabilite sage ciel excel", ["comptabilite", "sage ciel", "excel"]),
    ],
)
def test_what_is_bare_is_known(text: str, names: list[str]) -> None:
    assert is_bare(text, found(text, *names))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("oui", []),
        ("le 12", []),
        ("je cherche une formation de soudeur", ["soudeur"]),
        ("mon rdv a brest", ["brest"]),
        ("je demenage a quimper", ["quimper"]),
        ("je suis paye a brest", ["brest"]),
        ("combien c est paye soudeur", ["soudeur"]),
        ("ca ne va pas a brest", ["brest"]),
        ("296", []),
    ],
)
def test_what_says_more_is_left_to_the_classifier(text: str, names: list[str]) -> None:
    assert not is_bare(text, found(text, *names))
