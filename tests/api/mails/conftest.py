"""An SMTP server of the house, plain or guarded."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from api.core.settings import Settings
from api.supervisor.ports import free_ports
from tests.api.mails.certificate import certificate


class Server:
    """What an SMTP server of the house does; `answer` is what it says to a recipient."""

    def __init__(self) -> None:
        self.answer, self.got, self.encrypted = "250 OK", list[EmailMessage](), list[bool]()

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        written = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.got.append(written)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def settings(controller: Controller, **given: Any) -> Settings:
    """Those of a house whose server this is."""
    made: dict[str, Any] = {
        "DATABASE_URL": "postgresql+psycopg://nowhere/none",
        "secret_key": "key",
        "rasa_token": "token",
        "actions_token": "token",
        "smtp_host": controller.hostname,
        "smtp_port": controller.port,
        "smtp_tls": "none",
        "smtp_from": "Hent <hent@exemple.fr>",
    }
    return Settings(**(made | given))


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def controller(server: Server) -> Iterator[Controller]:
    """On a port of its own."""
    with serving(Controller(server, hostname="127.0.0.1", port=free_ports(1)[0])) as running:
        yield running


@pytest.fixture
def guarded(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    """The same, which takes nothing but encrypted, from whoever knows the password."""
    shown, key = certificate(tmp_path)
    # What the machine trusts.
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown, key)

    def known(*given: Any) -> AuthResult:
        login = cast(LoginPassword, given[-1])
        return AuthResult(success=(login.login, login.password) == (b"hent", b"mot de passe"))

    made = Controller(
        server,
        hostname="127.0.0.1",
        port=free_ports(1)[0],
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=known,
    )
    with serving(made) as running:
        yield running


@contextmanager
def serving(controller: Controller) -> Iterator[Controller]:
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
