"""Whether a server on loopback answers yet."""

from collections.abc import Awaitable, Callable

import httpx


def answers_ok(port: int, path: str) -> Callable[[], Awaitable[bool]]:
    """A question, to be put again and again: whether GET `path` answers 200."""

    async def ready() -> bool:
        try:
            async with httpx.AsyncClient(timeout=5, trust_env=False, verify=False) as client:
                return (await client.get(f"http://127.0.0.1:{port}{path}")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    return ready
