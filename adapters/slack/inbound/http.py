"""HTTP mode: Slack's requests, at a route of the bot's own server."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from adapters.slack.inbound.bolt import dispatch
from bot.ports import HttpAnswer, HttpRequest, Route

PATH = "/slack/events"

_NOT_OURS = HttpAnswer(status=401, body=b'{"error": "invalid request"}', content_type="application/json")


def route(app: AsyncApp, signing_secret: str) -> Route:
    """Return the route. Who sent a request, and that it is no older than five minutes, is checked before its body is read."""
    verifier = SignatureVerifier(signing_secret)

    async def take(request: HttpRequest) -> HttpAnswer:
        if not _is_signed(verifier, request):
            return _NOT_OURS
        answer = await dispatch(app, request.body.decode(errors="replace"), headers=dict(request.headers))
        content_type = answer.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
        return HttpAnswer(status=answer.status, body=answer.body.encode(), content_type=content_type)

    return Route(path=PATH, take=take)


def _is_signed(verifier: SignatureVerifier, request: HttpRequest) -> bool:
    headers = request.headers
    try:
        return verifier.is_valid(
            request.body, headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature")
        )
    except (ValueError, TypeError):  # no number, no text in ASCII, no UTF-8: nothing of Slack's
        return False
