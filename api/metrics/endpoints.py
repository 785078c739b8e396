"""`/metrics`: for a Prometheus that shows the token; for everybody else there is no such page."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry
from pydantic import SecretStr

from api.core import measures
from api.core.errors import NotFound

State = Callable[[], Awaitable[CollectorRegistry]]


def router(token: SecretStr, state: State | None = None) -> APIRouter:
    """The page of one process; `state`: what it also tells, of the whole house. Without a token in the settings, none.

    Raises NotFound, in the words of any address that does not exist.
    """
    routes, expected = APIRouter(), f"Bearer {token.get_secret_value()}".encode()

    @routes.get("/metrics")
    async def metrics(authorization: Annotated[str, Header()] = "") -> Response:
        """What this process counted, in Prometheus' text format."""
        shown = authorization.encode("utf-8", "replace")
        if not token.get_secret_value() or not hmac.compare_digest(shown, expected):
            raise NotFound
        more = [await state()] if state else []
        return Response(measures.page(*more), media_type=CONTENT_TYPE_LATEST)

    return routes
