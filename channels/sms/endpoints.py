"""Where providers call us: verified, kept, committed, answered. What it means is for the worker to find out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from api.conversations import inbound, receipts
from api.core.clock import now
from api.core.errors import NotFound
from channels.sms.provider import Call, Provider
from channels.sms.registry import Providers
from channels.web.dependencies import TheSealer, TheSession

router = APIRouter(prefix="/sms", tags=["sms"])


def _provider(request: Request, provider: Annotated[str, Path()]) -> Provider:
    providers: Providers = request.app.state.providers
    if provider not in providers.by_name:
        raise NotFound
    return providers.by_name[provider]


async def _call(request: Request) -> Call:
    return Call(request.headers, request.query_params, await request.body())


TheProvider = Annotated[Provider, Depends(_provider)]
TheCall = Annotated[Call, Depends(_call)]


@router.post("/{provider}/in")
async def take(provider: str, by: TheProvider, call: TheCall, session: TheSession, sealer: TheSealer) -> None:
    """An SMS. 200 whether it is new or not: Kannel tries again after anything but 200 and 202."""
    await inbound.store(session, sealer, provider, by.message(call, now()))


# Kannel tells by GET, everybody else by POST.
@router.get("/{provider}/receipt")
@router.post("/{provider}/receipt")
async def note(provider: str, by: TheProvider, call: TheCall, session: TheSession) -> None:
    """What became of an SMS that went out."""
    await receipts.store(session, provider, by.receipt(call, now()))
