"""Each provider is asked in its own words, and what it answers means the same for all: taken, not, never, who knows."""

import hmac
import json
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from api.conversations.routes import NotSent, Refused, Sms, Unsure, Why
from api.core.sms_settings import ProviderSettings
from channels.sms.provider import Provider
from channels.sms.registry import KINDS, LINES
from tests.channels.sms.calls import NEW, PHONE, PROVIDERS

SMS = Sms(uuid4(), PHONE, "Rendez-vous à 10 h : 5 € {1}")
UCS2 = Sms(uuid4(), PHONE, "Être reçu, ça aide 😀")
Answer = Callable[[httpx.Request], httpx.Response]


class Gateway:
    """Keeps what it was asked, and answers what it is told to."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answer: Answer = lambda request: httpx.Response(202)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """One call."""
        self.asked.append(request)
        return self.answer(request)


@pytest.fixture
def gateway() -> Gateway:
    """The other end."""
    return Gateway()


@pytest_asyncio.fixture
async def make(gateway: Gateway) -> AsyncIterator[Callable[[str], Provider]]:
    """A provider of a kind, with that gateway at the other end."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(gateway)) as http:
        yield lambda kind: KINDS[kind](kind, ProviderSettings.model_validate(PROVIDERS[kind]), http)


async def test_kannel_gets_numbers_and_text_outside_of_the_address(
    gateway: Gateway, make: Callable[[str], Provider]
) -> None:
    assert await make("kannel").send(SMS) is None
    [asked] = gateway.asked
    assert (asked.method, str(asked.url)) == ("POST", "http://kannel.example/send")
    assert asked.content.decode() == SMS.text
    assert asked.headers["content-type"] == "text/plain; charset=UTF-8"
    assert asked.headers["x-kannel-to"] == PHONE
    assert (asked.headers["x-kannel-from"], asked.headers["x-kannel-dlr-mask"]) == ("38080", "31")


@pytest.mark.parametrize(("sms", "coding"), [(SMS, "0"), (UCS2, "2")])
async def test_kannel_is_told_the_alphabet(
    gateway: Gateway, make: Callable[[str], Provider], sms: Sms, coding: str
) -> None:
    await make("kannel").send(sms)
    assert gateway.asked[0].headers["x-kannel-coding"] == coding


async def test_kannel_tells_to_an_address_that_names_our_message(
    gateway: Gateway, make: Callable[[str], Provider]
) -> None:
    await make("kannel").send(SMS)
    where = urlsplit(gateway.asked[0].headers["x-kannel-dlr-url"])
    assert (where.password, where.path) == (NEW, "/sms/kannel/receipt")
    assert parse_qs(where.query) == {"id": [str(SMS.id)], "type": ["%d"], "said": ["%A"]}


async def test_brevo_gets_the_number_as_it_wants_it_and_signs_with_what_we_gave(
    gateway: Gateway, make: Callable[[str], Provider]
) -> None:
    gateway.answer = lambda request: httpx.Response(201, json={"messageId": 1511882900176220})
    assert await make("brevo").send(UCS2) == "1511882900176220"
    [asked] = gateway.asked
    read = json.loads(asked.content)
    assert asked.headers["api-key"] == PROVIDERS["brevo"]["secret"]
    assert (read["recipient"], read["content"], read["unicodeEnabled"]) == (PHONE[1:], UCS2.text, True)
    given = parse_qs(urlsplit(read["webUrl"]).query)
    assert given["signature"] == [hmac.new(NEW.encode(), str(UCS2.id).encode(), sha256).hexdigest()]


async def test_the_generic_provider_can_check_who_calls(gateway: Gateway, make: Callable[[str], Provider]) -> None:
    gateway.answer = lambda request: httpx.Response(200, json={"reference": "T-1"})
    assert await make("generic").send(SMS) == "T-1"
    [asked] = gateway.asked
    signed = asked.headers["x-hent-timestamp"].encode() + b"." + asked.content
    secret = str(PROVIDERS["generic"]["secret"]).encode()
    assert asked.headers["x-hent-signature"] == hmac.new(secret, signed, sha256).hexdigest()
    assert json.loads(asked.content) == {"id": str(SMS.id), "to": PHONE, "from": "Hent", "text": SMS.text}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - LINES))
@pytest.mark.parametrize(
    ("status", "raised", "why"),
    [(503, NotSent, Why.provider_down), (403, NotSent, Why.credentials), (400, Refused, Why.refused)],
)
async def test_what_surely_was_not_taken_is_told_from_what_never_will_be(
    gateway: Gateway, make: Callable[[str], Provider], kind: str, status: int, raised: type[NotSent], why: Why
) -> None:
    gateway.answer = lambda request: httpx.Response(status, text="no")
    with pytest.raises(NotSent) as refusal:
        await make(kind).send(SMS)
    assert (type(refusal.value), refusal.value.why) == (raised, why)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - LINES))
@pytest.mark.parametrize("status", [500, 502, 504, 302])
async def test_what_a_broken_gateway_says_is_believed_neither_way(
    gateway: Gateway, make: Callable[[str], Provider], kind: str, status: int
) -> None:
    gateway.answer = lambda request: httpx.Response(status)
    with pytest.raises(Unsure):
        await make(kind).send(SMS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - LINES))
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (httpx.ConnectError, NotSent),
        (httpx.ConnectTimeout, NotSent),
        (httpx.ReadTimeout, Unsure),
        (httpx.RemoteProtocolError, Unsure),
        (httpx.WriteError, Unsure),
    ],
)
async def test_a_line_that_breaks_before_the_call_is_told_from_one_that_breaks_after(
    gateway: Gateway,
    make: Callable[[str], Provider],
    kind: str,
    error: type[httpx.RequestError],
    raised: type[Exception],
) -> None:
    def breaks(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    gateway.answer = breaks
    with pytest.raises(raised):
        await make(kind).send(SMS)
