"""What nobody argued is told, what is argued stays until its day, and without a service nobody believes all is well."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api.core.clock import today
from tests.audit import __main__ as command
from tests.audit.accepted import ROOT, Accepted, accepted, troubles, unargued
from tests.audit.finding import Advisory, Unreachable, audited

UV = ROOT / ".tools/bin/uv"
BOT = "bot/uv.lock"
OF_SANIC: dict[str, Any] = {
    "id": "GHSA-0000-0000-0000",
    "aliases": ["CVE-0000-0000"],
    "summary": "Invented for this test",
    "modified": "2026-11-26T00:00:00Z",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "sanic"}, "ranges": []}],
}
"""In the form of OSV."""
LOADED = """
import json, sys
from hent_bot import lean
lean.install()
import rasa.__main__, rasa.cli.run, rasa.core.run, rasa.core.agent
from hent_bot import channel, components, parse, tracker_store
print(json.dumps([name for name, module in sys.modules.items() if module is not None]), file=parse.ANSWER)
"""


class Service(BaseHTTPRequestHandler):
    """Knows of one weakness, in Sanic."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = {"vulns": [{"id": OF_SANIC["id"], "modified": OF_SANIC["modified"]}]}
        self._answer({"results": [known if one["package"]["name"] == "sanic" else {} for one in asked]})

    def do_GET(self) -> None:
        self._answer(OF_SANIC)

    def log_message(self, *_: Any) -> None:
        """Not among the lines of the tests."""

    def _answer(self, said: Any) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def reason(**given: Any) -> Accepted:
    known = {"package": "sanic", "version": "21.12.2", "lock": BOT, "ids": ["CVE-0000-0000"], "why": "because"}
    return Accepted(**(known | {"decided": date(2026, 1, 1), "review_by": date(2026, 6, 1)} | given))


def test_a_weakness_that_nobody_argued_is_told() -> None:
    with service() as url:
        found = audited(UV, ROOT, BOT, url)
    assert [(one.package, one.version) for one in found] == [("sanic", "21.12.2")]
    assert found[0].ids == {"GHSA-0000-0000-0000", "CVE-0000-0000"}
    assert unargued(found, accepted()) == found
    assert unargued(found, [reason()]) == []


def test_a_service_that_does_not_answer_is_not_a_good_answer() -> None:
    with pytest.raises(Unreachable):
        audited(UV, ROOT, BOT, "http://127.0.0.1:9/")


def test_a_uv_that_cannot_audit_is_not_taken_for_a_machine_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        audited(UV, tmp_path, BOT, "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("given", "ids", "argued"),
    [
        ({}, {"CVE-0000-0000"}, True),
        ({}, {"CVE-0000-0001"}, False),
        ({"whole": True}, {"CVE-0000-0001"}, True),
        ({"version": "21.12.1"}, {"CVE-0000-0000"}, False),
        ({"lock": "uv.lock", "whole": True}, {"CVE-0000-0000"}, False),
    ],
)
def test_a_reason_holds_for_its_version_and_for_no_more_than_it_says(
    given: dict[str, Any], ids: set[str], argued: bool
) -> None:
    found = Advisory(BOT, "sanic", "21.12.2", frozenset(ids), "", ())
    assert (unargued([found], [reason(**given)]) == []) is argued


def test_a_reason_past_its_day_and_one_that_is_not_needed_any_more_are_told() -> None:
    assert troubles([reason()], date(2026, 6, 1)) == []
    assert [line.split(": ")[1][:4] for line in troubles([reason()], date(2026, 6, 2))] == ["read"]
    assert [line.split(": ")[1][:3] for line in troubles([reason(version="1.0")], date(2026, 6, 1))] == ["not"]


@pytest.mark.parametrize(("days", "ends"), [(0, 0), (1, 1)])
def test_without_a_service_only_the_days_count(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], days: int, ends: int
) -> None:
    def away(*_: Any) -> list[Advisory]:
        raise Unreachable("no network")

    monkeypatch.setattr(command, "audited", away)
    monkeypatch.setattr(command, "accepted", lambda: [reason(review_by=today() - timedelta(days=days))])
    assert command.main(UV) == ends
    assert capsys.readouterr().out.startswith("NOT AUDITED")


def test_every_reason_is_of_a_locked_version_and_is_read_again_within_a_year() -> None:
    assert troubles(accepted(), today()) == []
    assert all(timedelta() < one.review_by - one.decided <= timedelta(days=366) for one in accepted())
    contained = (ROOT / "docs/rasa-is-contained.md").read_text()
    assert [one.package for one in accepted() if f"`{one.package}`" not in contained] == []


def test_what_is_said_to_be_unused_is_not_loaded_by_rasa() -> None:
    unused = {module for one in accepted() for module in one.unused}
    argv = [str(ROOT / "bot/.venv/bin/python"), "-W", "ignore", "-c", LOADED]
    ended = subprocess.run(argv, cwd=ROOT / "bot", env=os.environ, capture_output=True, text=True, check=True)
    loaded = set(json.loads(ended.stdout))
    assert "rasa.core.agent" in loaded
    assert unused & loaded == set()
