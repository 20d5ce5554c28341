"""The app's manifest: what Slack is told of the app, for Socket Mode and for HTTP mode. manifest.yaml and manifest-http.yaml are made of this."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from adapters.slack.scopes import COMMANDS, EVENTS, bot_scopes

EXAMPLE_URL = "https://quiz.example.com"
"""What stands in manifest-http.yaml in the place of the bot's own address."""
REQUESTS = "/slack/events"
"""The one path to which Slack sends everything in HTTP mode."""

_FOLDER = Path(__file__).parent
FILES = {_FOLDER / "manifest.yaml": "", _FOLDER / "manifest-http.yaml": EXAMPLE_URL}
"""The files that are kept of it, each with the address in it."""

_NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="

_NAME = "MLOps Quiz"
_DESCRIPTION = "A question a day about running machine learning in production."
_LONG_DESCRIPTION = (
    "Each working day the quiz asks one open question in the channels that set it up. Members answer for themselves "
    "alone, through a form, or in the thread for all to see. At the reveal the model answer comes with its sources, and "
    "each member sees which points their own reply made. There are no points for speed."
)
_COLOUR = "#1d3557"


def manifest(url: str = "") -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP mode behind a public address such as https://quiz.example.com."""
    address = f"{url.rstrip('/')}{REQUESTS}" if url else ""
    request = {"request_url": address} if url else {}
    return {
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "long_description": _LONG_DESCRIPTION,
            "background_color": _COLOUR,
        },
        "features": {
            # Messages to admins are direct ones: they need the tab, but nobody is to answer there.
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": _NAME, "always_online": True},
            "slash_commands": [_command(name, address) for name in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": bot_scopes()}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(url: str = "") -> str:
    """Return the manifest as the text to paste where Slack asks for it."""
    return yaml.safe_dump(manifest(url), sort_keys=False, allow_unicode=True, width=120)


def link(url: str = "") -> str:
    """Return the address of Slack's page that makes an app, with the manifest filled in."""
    return _NEW_APP + quote(json.dumps(manifest(url), separators=(",", ":")), safe="")


def _command(name: str, address: str) -> dict[str, Any]:
    what, usage = COMMANDS[name]
    # Escaped, a mention in what is typed comes as an id.
    command = {"command": name, "description": what, "usage_hint": usage, "should_escape": True}
    return {**command, "url": address} if address else command


if __name__ == "__main__":
    for path, example in FILES.items():
        path.write_text(as_yaml(example), encoding="utf-8")
