"""Slack's settings: which secret is which by its look, and what each of the two modes needs."""

from collections.abc import Collection, Mapping

from pydantic_core import PydanticCustomError

SENTENCE = "sentence"
"""The kind of a fault whose message is a whole sentence of its own."""

BOT_TOKEN = "the app's bot token, which begins with xoxb-"  # noqa: S105 - what would be right
APP_TOKEN = "an app-level token with the scope connections:write, which begins with xapp-"  # noqa: S105 - the same
SIGNING_SECRET = "the app's signing secret"  # noqa: S105 - the same

_BOT, _APP, _SIGNING = "STUDYBOT_SLACK_BOT_TOKEN", "STUDYBOT_SLACK_APP_TOKEN", "STUDYBOT_SLACK_SIGNING_SECRET"
_RIGHT = {_BOT: ("xoxb-", BOT_TOKEN), _APP: ("xapp-", APP_TOKEN), _SIGNING: ("", SIGNING_SECRET)}
_KINDS: Mapping[str, str] = {"xoxb-": "a bot token", "xapp-": "an app-level token", "xoxp-": "a user token"}


def bot_token(value: object) -> object:
    return _of_its_kind(_BOT, value)


def app_token(value: object) -> object:
    return _of_its_kind(_APP, value)


def signing_secret(value: object) -> object:
    return _of_its_kind(_SIGNING, value)


def missing(stated: Collection[str], *, mode: str, listens: bool, http_port: int) -> list[str]:
    """Return a sentence for everything that is not set and has to be, so that the ``stated`` variables are of use.

    ``listens``: this process talks to the chats.
    """
    if _BOT not in stated:
        return [
            f"{name} is set and {_BOT} is not: set it to {_RIGHT[_BOT][1]}."
            for name in (_APP, _SIGNING)
            if name in stated
        ]
    if not listens:
        return []
    needed, other = (_APP, "http") if mode == "socket" else (_SIGNING, "socket")
    found = []
    if needed not in stated:
        found.append(
            f"{needed} is not set, and mode {mode} needs it: set it to {_RIGHT[needed][1]}, or set STUDYBOT_SLACK_MODE={other}."
        )
    if mode == "http" and not http_port:
        found.append(
            "STUDYBOT_HTTP_PORT is 0, and with STUDYBOT_SLACK_MODE=http Slack delivers there: set it to a port."
        )
    return found


def _of_its_kind(variable: str, value: object) -> object:
    """Return the value if it looks like what it should be; the sentence tells the kind that it is, never the value."""
    prefix, right = _RIGHT[variable]
    if not isinstance(value, str):
        return value
    kind = next((begins for begins in _KINDS if value.startswith(begins)), "")
    is_plain = value.isascii() and value.isprintable() and " " not in value
    if is_plain and kind == prefix and (kind or not value.startswith("xox")):
        return value
    holds = f"holds {_KINDS[kind]} ({kind}…)" if kind and kind != prefix else "holds something else"
    raise PydanticCustomError(SENTENCE, "{said}", {"said": f"{variable} {holds}: it should be {right}."})
