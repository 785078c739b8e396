"""Every refusal that we expect, each with its status and its sentence for people.

HentError
 ├─ NotAllowed          401  the token is missing, unknown or too old
 ├─ NotAllowedHere      403  known, but not for this: a role without that right, a page that is not ours
 ├─ NotFound            404
 ├─ Conflict            409  somebody else changed it first
 ├─ Gone                410  what was asked for is not kept any more
 ├─ TooLarge            413
 ├─ Unreadable          422  what came cannot be used; the message says why
 ├─ TooMany             429  with Retry-After
 └─ Unavailable         503  a part of the house is down
"""


class HentError(Exception):
    """A refusal: `error` is a word for machines, `message` plain French for people. Never personal data."""

    status = 500
    error = "error"
    message = "Une erreur est survenue. Réessayez dans une minute."
    retry_after: int | None = None

    def __init__(self, message: str | None = None, *, error: str | None = None, retry_after: int | None = None) -> None:
        self.message = message or self.message
        self.error = error or self.error
        self.retry_after = retry_after or self.retry_after
        super().__init__(self.error)


class NotAllowed(HentError):
    status, error = 401, "not_allowed"
    message = "Cette conversation est terminée. Commencez une nouvelle conversation."


class NotAllowedHere(HentError):
    status, error = 403, "role"
    message = "Votre compte ne permet pas cela."


class NotFound(HentError):
    status, error = 404, "not_found"
    message = "Cette page n'existe pas."


class Conflict(HentError):
    status, error = 409, "conflict"
    message = "La situation vient de changer. Regardez puis recommencez."


class Gone(HentError):
    status, error = 410, "gone"
    message = "Cette suite n'est plus gardée. Relisez tout depuis le début."


class TooLarge(HentError):
    status, error = 413, "too_large"
    message = "Votre message est trop long. Écrivez 4 000 signes au plus."


class Unreadable(HentError):
    status, error = 422, "unreadable"
    message = "Je ne peux pas lire cette demande."


class TooMany(HentError):
    status, error = 429, "too_many"
    message = "Vous avez envoyé beaucoup de messages. Attendez un peu, puis réessayez."
    retry_after = 10


class Unavailable(HentError):
    status, error = 503, "unavailable"
    message = "Hent est en panne. Votre message n'est pas perdu : réessayez dans une minute."
    retry_after = 10
