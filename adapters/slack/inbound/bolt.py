"""slack-bolt's AsyncApp, told everything and left to find out nothing: what comes in, it hands to the reception."""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from adapters.slack.client import SlackClient
from adapters.slack.inbound.reception import Reception
from adapters.slack.posts import Identity

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]

_ANY = re.compile(".*")

# What bolt says is for who writes an app, and has whole payloads in it, with what members wrote. What is worth saying
# here is said by ourselves.
_quiet = logging.getLogger(f"{__name__}.silent")
_quiet.setLevel(logging.CRITICAL + 1)


def make_app(client: SlackClient, identity: Identity, reception: Reception) -> AsyncApp:
    """Return the app. It reads no environment, asks Slack nothing by itself, and takes payloads of our team alone."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        """Whose token it is was found out at the start: the first event is not made to wait for it, nor to fail."""
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_id=identity.bot,
            bot_token=client.web.token,
        )

    app = AsyncApp(
        name="mlops-study-bot",
        logger=_quiet,
        client=client.web,
        authorize=authorize,
        signing_secret="",  # or it would be looked for in the environment
        request_verification_enabled=False,  # a socket needs none; of requests it is done before their body is read
        ssl_check_enabled=False,  # would answer whoever asks, and looks for a token in the environment
        attaching_function_token_enabled=False,
    )

    async def ours(context: AsyncBoltContext, next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:  # noqa: A002 - bolt's name
        if context.team_id == identity.team:
            return await next()
        log.warning("what came is of another team", extra={"team": str(context.team_id)[:40]})
        return BoltResponse(status=200, body="")

    async def failed(error: Exception) -> None:
        log.error("a payload could not be taken", exc_info=error)

    app.middleware(ours)
    app.command(_ANY)(reception.command)
    app.action(_ANY)(reception.action)
    app.view(_ANY)(reception.view)
    app.event(_ANY)(reception.event)
    app.error(failed)
    return app


async def dispatch_socket(app: AsyncApp, payload: Payload) -> Payload | None:
    """Hand over what came by socket; return what Slack is to be answered, or None not to acknowledge it."""
    response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(payload)))
    if response.status != 200:  # noqa: PLR2004 - whatever it is, it was not taken
        return None
    if not response.body:
        return {}
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        body: Payload = json.loads(response.body)
        return body
    return {"text": response.body}
