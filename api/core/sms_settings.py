"""One way out for SMS as an installation describes it: checked before anything starts, secrets never shown."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, SecretStr, StringConstraints, field_validator, model_validator

SURCHARGED = "est surtaxé : la personne paierait sa réponse plus cher qu'un SMS ordinaire"
INTERPERSONAL = (
    "commence par 06 ou 07 : depuis le 1er janvier 2023 ces numéros sont réservés aux échanges entre personnes "
    "(décision Arcep 2022-1583) et les opérateurs coupent les plateformes qui s'en servent ; "
    "prenez un numéro court en 3xxxx ou un numéro polyvalent en 09 37, 09 38 ou 09 39"
)
UNREADABLE = "n'est ni un numéro français, ni un numéro court, ni un nom de 3 à 11 lettres et chiffres"

_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11}")
_WHY_NOT = (
    (re.compile(r"0[67]\d{8}"), INTERPERSONAL),
    # 081, 082 and 089 are "à tarification majorée"; 080 is free or at the price of a call.
    (re.compile(r"08[1-9]\d{7}"), SURCHARGED),
    # Services and directories by three, four or six digits: 30 and 31 alone are free.
    (re.compile(r"\d{3}|3[2-9]\d{2}|118\d{3}"), SURCHARGED),
    # SMS+: the first of five digits is the price; 3 alone adds nothing to the SMS itself.
    (re.compile(r"[4-9]\d{4}"), SURCHARGED),
)
# They stand in addresses, and must not be guessed.
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,}")
_GOOD = re.compile(r"0[1-9]\d{8}|3\d{4}|3[01]\d{2}")


def why_refused(sender: str) -> str | None:
    """Why nobody may be written to under this sender, in French; None for a good one."""
    number = re.sub(r"[ .]", "", sender).replace("+33", "0", 1)
    if _NAME.fullmatch(sender):
        return None
    found = next((why for pattern, why in _WHY_NOT if pattern.fullmatch(number)), None)
    return found or (None if _GOOD.fullmatch(number) else UNREADABLE)


class ProviderSettings(BaseModel):
    """`secret` is ours when we call; `hook_secrets` are theirs when they call, two while one is replaced."""

    # What is refused is not repeated: it may hold the secrets.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kind: Literal["kannel", "bearerbox", "brevo", "generic"]
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+[^\s]*$|^tcp://[^\s/?#:]+:\d{1,5}$")]
    sender: str
    user: str = "hent"
    box: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,40}$")] = ""
    """Our name at bearerbox, where it has other boxes: `smsbox-id` of the route that leads to us."""
    secret: SecretStr = SecretStr("")
    hook_secrets: tuple[SecretStr, ...] = ()
    secret_file: Path | None = None
    hook_secrets_file: Path | None = None
    """One secret a line, as Docker hands them over."""
    callback_url: str = ""
    """Where the provider reaches us, when it is not by the public address."""
    timeout_seconds: float = 10.0

    @field_validator("sender")
    @classmethod
    def _good_sender(cls, sender: str) -> str:
        why = why_refused(sender)
        if why:
            raise ValueError(f"le numéro d'expéditeur {sender} {why}")
        return sender

    @model_validator(mode="after")
    def _has_its_secrets(self) -> Self:
        if (self.kind == "bearerbox") != self.url.startswith("tcp://"):
            raise ValueError(
                "l'adresse d'un bearerbox est tcp://HÔTE:PORT (smsbox-port) ; les autres commencent par http"
            )
        if self.kind == "bearerbox":
            # It knows its boxes by their addresses alone.
            return self
        if not self.secret_to_send:
            raise ValueError("donnez secret ou secret_file : ce qui nous fait reconnaître du fournisseur")
        heard = self.secrets_to_hear
        if not 1 <= len(heard) <= 2 or not all(map(_SECRET.fullmatch, heard)):
            raise ValueError(
                "donnez un ou deux secrets dans hook_secrets ou hook_secrets_file : 16 signes, A-Z a-z 0-9 _ -"
            )
        return self

    @property
    def secret_to_send(self) -> str:
        """Ours, from the file if there is one."""
        if self.secret_file:
            return self.secret_file.read_text().strip()
        return self.secret.get_secret_value()

    @property
    def secrets_to_hear(self) -> tuple[str, ...]:
        """Theirs, the newest first: it is the one that we hand out."""
        if self.hook_secrets_file:
            return tuple(self.hook_secrets_file.read_text().split())
        return tuple(secret.get_secret_value() for secret in self.hook_secrets)
