"""Which sites may show the chat: whole ones, by the one spelling that a browser compares, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.authorities.sites import near, origin


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://www.exemple.bzh", "https://www.exemple.bzh"),
        ("https://WWW.Exemple.bzh/ ", "https://www.exemple.bzh"),
        ("https://exemple.bzh:443", "https://exemple.bzh"),
        ("https://exemple.bzh:8443", "https://exemple.bzh:8443"),
        ("https://département.bzh", "https://xn--dpartement-b7a.bzh"),
        ("http://localhost:8002", "http://localhost:8002"),
    ],
)
def test_a_site_is_kept_as_browsers_write_it(written: str, kept: str) -> None:
    assert origin(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "*",
        "https:",
        "exemple.bzh",
        "http://exemple.bzh",
        "http://127.0.0.1.exemple.bzh",
        "https://*.exemple.bzh",
        "https://exemple.bzh/rsa",
        "https://exemple.bzh?a",
        "https://quelqu-un@exemple.bzh",
        "https://exemple.bzh; script-src *",
        "https://exemple.bzh 'self'",
        "https://exemple.bzh,https://autre.bzh",
        "javascript:alert(1)",
        "https://exemple.bzh:99999",
        "https://[::1",
        "https://exemple..bzh",
    ],
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="n'est pas l'adresse d'un site entier|ne commence pas par https"):
        origin(written)


@given(st.text(alphabet=st.sampled_from("aé.:/;,'* \t\r\n@?#[]%0")))
def test_what_is_kept_can_end_nothing_in_a_header(name: str) -> None:
    try:
        kept = origin(f"https://{name}")
    except ValueError:
        return
    assert not set(kept) & set(" ;,'*\t\r\n@?#[]%")
    assert origin(kept) == kept


def test_one_s_own_machine_has_two_names() -> None:
    assert near("http://127.0.0.1:8002") == ["http://127.0.0.1:8002", "http://localhost:8002"]
