"""What must be kept but never read by chance: digests to compare, sealed texts to open once."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken


def new_token() -> str:
    """An opaque token of 256 random bits, for a URL or a header."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, for an SMS."""
    return f"{secrets.randbelow(1_000_000):06d}"


class Sealer:
    """Digests and seals made with the installation's secret key; each purpose has a key of its own."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(self._key("seal")))

    def digest(self, purpose: str, value: str) -> bytes:
        """A keyed digest: a stolen table cannot be searched for a telephone number or a six-digit code."""
        return hmac.digest(self._key(purpose), value.encode(), hashlib.sha256)

    def matches(self, purpose: str, value: str, digest: bytes) -> bool:
        """Whether the digest is this value's, in constant time."""
        return hmac.compare_digest(self.digest(purpose, value), digest)

    def seal(self, text: str) -> bytes:
        """An encrypted copy that only this installation opens."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str | None:
        """The text again, or None when it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None

    def _key(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, purpose.encode(), hashlib.sha256)
