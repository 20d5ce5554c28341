"""What kind of a secret something is, told by its look alone."""

import re
from collections.abc import Mapping

_KINDS: Mapping[str, str] = {
    "xoxb-": "a bot token",
    "xapp-": "an app token",
    "xoxp-": "a user token",
    "xoxe": "a token that expires",
    "xoxa-": "a workspace token of old",
    "xoxs-": "a browser's token",
    "xoxc-": "a browser's token",
}
_SECRET = re.compile(r"[0-9a-f]{32}")

BOT_TOKEN = "STUDYBOT_SLACK_BOT_TOKEN"  # noqa: S105 - its name
APP_TOKEN = "STUDYBOT_SLACK_APP_TOKEN"  # noqa: S105 - the same
SIGNING_SECRET = "STUDYBOT_SLACK_SIGNING_SECRET"  # noqa: S105 - the same

BOT_TOKEN_REMEDY = "Copy the Bot User OAuth Token, which begins with xoxb-, from the app's page OAuth & Permissions."  # noqa: S105
APP_TOKEN_REMEDY = "Make an app-level token with the scope connections:write on the app's page Basic Information: it begins with xapp-."  # noqa: S105
SECRET_REMEDY = "Copy the Signing Secret from the app's page Basic Information."  # noqa: S105


def bot_token_fault(token: str) -> str:
    """Return what is wrong with the look of a bot token, as a clause; empty if nothing is."""
    return _fault(BOT_TOKEN, token, "xoxb-")


def app_token_fault(token: str) -> str:
    """Return the same of an app token."""
    return _fault(APP_TOKEN, token, "xapp-")


def secret_fault(secret: str) -> str:
    """Return the same of a signing secret."""
    if not secret:
        return f"{SIGNING_SECRET} is not set"
    kind = _kind(secret)
    return f"{SIGNING_SECRET} holds {kind}" if kind else ""


def odd_secret(secret: str) -> str:
    """Return in what a signing secret does not look like those that Slack gives; empty if it does."""
    return "" if _SECRET.fullmatch(secret) else f"{SIGNING_SECRET} is not 32 characters from 0 to 9 and a to f"


def _fault(name: str, token: str, prefix: str) -> str:
    if not token:
        return f"{name} is not set"
    if token.startswith(prefix):
        return ""
    kind = _kind(token) or ("what looks like the signing secret" if _SECRET.fullmatch(token) else "no token of Slack's")
    return f"{name} holds {kind}"


def _kind(text: str) -> str:
    return next((kind for prefix, kind in _KINDS.items() if text.startswith(prefix)), "")
