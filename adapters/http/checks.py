"""What the doctor looks at in the network: the port."""

from collections.abc import Sequence

import aiohttp

from adapters.http import NAME, open_server
from bot.ports import Finding, StartError
from bot.ports.operation import fault, fine

_SECONDS = 2.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to be reached from here, not to be listened on


async def port(host: str, number: int) -> Sequence[Finding]:
    """Look whether the port is free, or taken by a running bot."""
    if not number:
        return [fine("port", "HTTP is switched off")]
    where = f"{host} port {number}"
    try:
        async with open_server(host, number, ready=_not_ready):
            return [fine("port", f"{where} is free")]
    except StartError as error:
        if await _is_ours(_EVERYWHERE.get(host, host), number):
            return [fine("port", f"a running bot answers on {where}")]
        return [fault("port", str(error))]


async def _not_ready() -> tuple[bool, dict[str, object]]:
    return False, {"why": "this is the doctor"}


async def _is_ours(host: str, number: int) -> bool:
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}/healthz"
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            body = await answer.json()
    except (aiohttp.ClientError, ValueError, TimeoutError, OSError):
        return False
    return isinstance(body, dict) and body.get("bot") == NAME
