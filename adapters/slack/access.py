"""What is configured of Slack, as values."""

from dataclasses import dataclass, field
from enum import StrEnum

SLACK_URL = "https://slack.com/api/"


class Mode(StrEnum):
    """How Slack reaches the bot: through a socket that the bot opens, or by requests to a public address."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The secrets are as the settings have them, who know them by their look: empty where none is needed. No repr shows one.

    Socket Mode needs the app token, HTTP mode the signing secret. ``api_url`` is that of the Web API, or of a proxy of it.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    mode: Mode = Mode.SOCKET
    api_url: str = SLACK_URL
