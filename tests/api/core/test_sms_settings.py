"""Ways out for SMS are checked before anything starts: whose number it is, what it costs, and that secrets stay so."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from api.core.settings import Settings
from api.core.sms_settings import INTERPERSONAL, SURCHARGED, UNREADABLE, ProviderSettings, why_refused

SECRET, HOOK = "what-opens-our-account", "what-they-prove-it-with"
GOOD: dict[str, Any] = {
    "kind": "kannel",
    "url": "http://k",
    "sender": "38080",
    "secret": SECRET,
    "hook_secrets": [HOOK],
}


@pytest.mark.parametrize("sender", ["38080", "36111", "Hent", "Dept 29", "+33937000001", "0939 00 00 01", "0261910001"])
def test_numbers_at_the_price_of_an_sms_are_good(sender: str) -> None:
    assert why_refused(sender) is None


@pytest.mark.parametrize(
    "sender", ["0899 12 34 56", "+33891123456", "0820123456", "0810123456", "3280", "3949", "118218", "115"]
)
def test_surcharged_numbers_are_refused(sender: str) -> None:
    assert why_refused(sender) == SURCHARGED


@pytest.mark.parametrize("sender", ["41000", "51234", "61234", "71717", "81212", "92000"])
def test_the_first_of_five_digits_is_the_price(sender: str) -> None:
    assert why_refused(sender) == SURCHARGED


@pytest.mark.parametrize("sender", ["0639980001", "+33639980001", "07 39 98 00 01"])
def test_numbers_between_people_are_refused_and_it_is_said_why(sender: str) -> None:
    assert why_refused(sender) == INTERPERSONAL
    with pytest.raises(ValidationError, match="2022-1583"):
        ProviderSettings.model_validate(GOOD | {"sender": sender})


@pytest.mark.parametrize("sender", ["", "é", "Conseil départemental", "12", "+32470000001"])
def test_what_is_no_sender_is_refused(sender: str) -> None:
    assert why_refused(sender) == UNREADABLE


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": ""},
        {"hook_secrets": []},
        {"hook_secrets": [HOOK] * 3},
        {"hook_secrets": ["trop-court"]},
        {"hook_secrets": [HOOK + "/?"]},
        {"sender": "0899123456"},
        {"kind": "pigeon"},
        {"url": "127.0.0.1:13013"},
        {"url": "http:///cgi-bin/sendsms"},
        {"url": "tcp://127.0.0.1:13001"},
        {"kind": "bearerbox"},
        {"kind": "bearerbox", "url": "tcp://127.0.0.1"},
        {"secrets": "x"},
    ],
)
def test_a_refusal_repeats_no_secret(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        ProviderSettings.model_validate(GOOD | wrong)
    assert SECRET not in str(refusal.value)
    assert HOOK not in str(refusal.value)


def test_bearerbox_needs_an_address_and_no_secret() -> None:
    line = {"kind": "bearerbox", "url": "tcp://127.0.0.1:13001", "sender": "38080"}
    assert ProviderSettings.model_validate(line).secrets_to_hear == ()


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    (tmp_path / "ours").write_text(f"{SECRET}\n")
    (tmp_path / "theirs").write_text(f"{HOOK}-new\n{HOOK}-old\n")
    files = {"secret_file": tmp_path / "ours", "hook_secrets_file": tmp_path / "theirs"}
    read = ProviderSettings.model_validate(GOOD | {"secret": "", "hook_secrets": []} | files)
    assert (read.secret_to_send, read.secrets_to_hear) == (SECRET, (f"{HOOK}-new", f"{HOOK}-old"))


def test_a_route_leads_to_a_provider_that_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "RASA_TOKEN", "ACTIONS_TOKEN"):
        monkeypatch.setenv(f"HENT_{name}", "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nowhere/hent")
    monkeypatch.setenv("HENT_SMS_PROVIDERS", json.dumps({"kannel": GOOD}))
    monkeypatch.setenv("HENT_SMS_ROUTES", json.dumps({"*": ["kannel"]}))
    assert Settings().sms_routes == {"*": ["kannel"]}
    monkeypatch.setenv("HENT_SMS_ROUTES", json.dumps({"cd29": ["kannel", "brevo"]}))
    with pytest.raises(ValidationError, match="brevo") as refusal:
        Settings()
    assert SECRET not in str(refusal.value)
