"""HTTP mode: Slack's requests, at a route of the bot's own server."""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

PATH = "/slack/events"


def route(app: AsyncApp, signing_secret: str) -> web.RouteDef:
    """Return the route. Who sent a request, and that it is no older than five minutes, is checked before its body is read."""
    verifier = SignatureVerifier(signing_secret)

    async def take(request: web.Request) -> web.StreamResponse:
        if not _is_signed(verifier, await request.read(), request):
            return web.json_response({"error": "invalid request"}, status=401)
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return web.post(PATH, take)


def _is_signed(verifier: SignatureVerifier, body: bytes, request: web.Request) -> bool:
    headers = request.headers
    try:
        return verifier.is_valid(
            body, headers.get("X-Slack-Request-Timestamp"), headers.get("X-Slack-Signature")
        )
    except (ValueError, TypeError):  # no number, no text in ASCII, no UTF-8: nothing of Slack's
        return False
