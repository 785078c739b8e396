"""The Kannel of the `kannel` profile: heard by the workers alone, on disk before it says yes, and able to start."""

import re
import shutil
import socket
import subprocess
import time
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from api.supervisor.ports import free_ports
from tests.deploy.files import ROOT, compose, program, services, stages
from tests.journeys.kannel import PAGE, PATH, require_kannel

CONFIGURATION = ROOT / "deploy/kannel.conf"
ELSEWHERE = {"admin-password", "smsbox-interface", "box-allow-ip", "store-location", "dlr-spool"}
"""What differs between one machine and a container."""


def groups(text: str) -> dict[str, dict[str, str]]:
    """Each group's lines."""
    found: dict[str, dict[str, str]] = {}
    for name, value in re.findall(r"^([\w-]+) = (.+)$", text, re.MULTILINE):
        if name == "group":
            found[value] = {}
        else:
            list(found.values())[-1][name] = value.strip('"')
    return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What `deploy/make-secrets` makes of it."""
    subprocess.run(["sh", ROOT / "deploy/make-secrets", tmp_path / "secrets"], check=True)
    return tmp_path / "secrets/kannel_conf"


def test_it_says_what_the_documentation_explains() -> None:
    page = next(fence for fence in PAGE.read_text("utf-8").split("```") if "group = core" in fence)
    explained, ours = groups(page)["core"], groups(CONFIGURATION.read_text())["core"]
    assert {name: ours[name] for name in explained.keys() - ELSEWHERE} == {
        name: value for name, value in explained.items() if name not in ELSEWHERE
    }
    assert ours.keys() == explained.keys()


def test_the_workers_alone_are_heard() -> None:
    core = groups(CONFIGURATION.read_text())["core"]
    subnet = ip_network(compose()["networks"]["sms"]["ipam"]["config"][0]["subnet"])
    assert core["smsbox-interface"] == services()["kannel"]["networks"]["sms"]["ipv4_address"]
    assert ip_address(core["smsbox-interface"]) in subnet
    assert (core["box-deny-ip"], core["box-allow-ip"]) == ("*.*.*.*", str(subnet.network_address)[:-1] + "*")
    assert core["admin-interface"] == "127.0.0.1"
    assert [name for name, service in services().items() if "sms" in service["networks"]] == ["worker", "kannel"]


def test_what_is_under_way_outlives_its_container() -> None:
    core = groups(CONFIGURATION.read_text())["core"]
    (volume,) = services()["kannel"]["volumes"]
    prepared = stages()["kannel"].last("RUN")
    for place in (core["store-location"], core["dlr-spool"]):
        assert place.startswith(volume.split(":")[1] + "/")
        assert place in prepared
    assert volume.split(":")[0] in compose()["volumes"]


def test_nothing_that_is_written_is_logged() -> None:
    assert program(stages()["kannel"])[1:] == ["-v", "3", "/run/secrets/kannel_conf"]
    assert services()["kannel"]["secrets"] == ["kannel_conf"]
    assert "access-log" not in CONFIGURATION.read_text()


@pytest.mark.kannel
def test_bearerbox_starts_with_it(made: Path, tmp_path: Path) -> None:
    require_kannel()
    admin, box = free_ports(2)
    text = made.read_text()
    assert "CHANGE-ME" not in text
    for shown, here in (
        ("13000", str(admin)),
        ("13001", str(box)),
        ("172.30.92.*", "127.0.0.1"),
        ("172.30.92.2", "127.0.0.1"),
        ("/var/spool/kannel", str(tmp_path)),
        ("smsc.example.org", "127.0.0.1"),
    ):
        text = text.replace(shown, here)
    (tmp_path / "store").mkdir()
    (tmp_path / "dlr").mkdir()
    (tmp_path / "kannel.conf").write_text(text)
    path = shutil.which("bearerbox", path=PATH)
    assert path
    with subprocess.Popen([path, "-v", "3", str(tmp_path / "kannel.conf")], stderr=subprocess.DEVNULL) as running:
        try:
            assert [_is_heard(port) for port in (admin, box)] == [True, True]
            assert running.poll() is None
        finally:
            running.terminate()


def _is_heard(port: int) -> bool:
    """Whether somebody listens there within ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
