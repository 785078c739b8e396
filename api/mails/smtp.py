"""Handing an e-mail over to the house's own server, encrypted on the way unless that server is this machine's."""

import asyncio
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from api.core.settings import Settings
from api.mails.sending import LONGEST, Letter, NotSent, Refused

_SILENT = 20.0
"""Seconds without a word of the server."""
_FOR_EVER = 500
"""Answers from here on are final (RFC 5321, 4.2.1)."""


class Smtp:
    """A carrier over SMTP; one connection a letter, for there are few."""

    def __init__(self, settings: Settings) -> None:
        self._sender = settings.smtp_from
        self._connection = {
            "hostname": settings.smtp_host,
            "port": settings.smtp_port,
            "username": settings.smtp_user or None,
            "password": settings.smtp_password.get_secret_value() or None,
            "use_tls": settings.smtp_tls == "tls",
            # Never "if the server offers it": whoever sits in between would only have to take the offer away.
            "start_tls": settings.smtp_tls == "starttls",
        }

    async def send(self, letter: Letter) -> None:
        """Hand it over.

        Raises:
            NotSent: the server could not be reached, did not take it now, or fell silent.
            Refused: the server knows nobody of this address.
        """
        try:
            async with asyncio.timeout(LONGEST):
                await aiosmtplib.send(self._message(letter), timeout=_SILENT, **self._connection)  # type: ignore[arg-type]
        except aiosmtplib.SMTPRecipientsRefused as error:
            final = all(one.code >= _FOR_EVER for one in error.recipients)
            raise (Refused if final else NotSent) from error
        # A wrong password of ours is no fault of the letter: it waits until somebody corrects it.
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent from error

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.recipient, letter.subject
        message["Date"] = format_datetime(letter.written_at)
        message["Message-ID"] = f"<{letter.id}@{self._sender.rpartition('@')[2].rstrip('>')}>"
        # RFC 3834: nobody's answering machine writes back.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message
