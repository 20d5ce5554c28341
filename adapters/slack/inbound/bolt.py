"""slack-bolt's AsyncApp, told everything and left to find out nothing: what comes in, it hands to the reception."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from traceback import extract_tb
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from adapters.slack.client import SlackClient
from adapters.slack.inbound.reception import Reception
from adapters.slack.posts import Identity

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]

# What bolt says is for who writes an app, and has whole payloads in it, with what members wrote. What is worth saying
# here is said by ourselves.
_quiet = logging.getLogger(f"{__name__}.silent")
_quiet.setLevel(logging.CRITICAL + 1)


class _Received(AsyncMiddleware):
    """Answers what comes of our team, before bolt looks for a listener: that one would look up to 10 ms later for what it said."""

    def __init__(self, identity: Identity, reception: Reception) -> None:
        self._team = identity.team
        self._reception = reception

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - bolt's name
    ) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":
            return await next()
        if req.context.team_id != self._team:
            log.warning("what came is of another team", extra={"team": str(req.context.team_id)[:40]})
            return resp
        try:
            said = await self._reception.take(req.body)
        except Exception as error:  # noqa: BLE001 - a payload may lack anything
            return _not_understood(error)
        return BoltResponse(status=200, body=dict(said)) if said else resp


def make_app(client: SlackClient, identity: Identity, reception: Reception) -> AsyncApp:
    """Return the app. It reads no environment, asks Slack nothing by itself, and takes payloads of our team alone."""

    async def never() -> AuthorizeResult:
        """Bolt wants to know whom it would ask, but what comes is answered before it does."""
        raise LookupError

    return AsyncApp(
        name="mlops-study-bot",
        logger=_quiet,
        client=client.web,
        authorize=never,
        before_authorize=_Received(identity, reception),
        signing_secret="",  # or it would be looked for in the environment
        request_verification_enabled=False,  # a socket needs none; of requests it is done before their body is read
        ssl_check_enabled=False,  # would answer whoever asks, and looks for a token in the environment
        attaching_function_token_enabled=False,
    )


async def dispatch(app: AsyncApp, body: dict[str, Any] | str, **how: Any) -> BoltResponse:
    """Hand over what came, and return the answer. It raises nothing."""
    try:
        return await app.async_dispatch(AsyncBoltRequest(body=body, **how))
    except Exception as error:  # noqa: BLE001 - it may be no payload at all
        return _not_understood(error)


def _not_understood(error: Exception) -> BoltResponse:
    """Acknowledge it: sent again it would be no better. The error's text may be somebody's words."""
    at = extract_tb(error.__traceback__)[-1]
    log.error("what came was not understood", extra={"why": type(error).__name__, "at": f"{at.name}:{at.lineno}"})
    return BoltResponse(status=200, body="")


async def dispatch_socket(app: AsyncApp, payload: Payload) -> Payload:
    """Hand over what came by socket; return what Slack is to be answered, which may be nothing but that it came."""
    response = await dispatch(app, dict(payload), mode="socket_mode")
    said: Payload = json.loads(response.body) if response.body else {}
    return said
