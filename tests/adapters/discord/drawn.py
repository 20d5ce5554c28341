"""What is seen of drawn components."""

from collections.abc import Sequence
from typing import Any

from adapters.discord.views import private_message
from bot.views import PrivateView
from tests.adapters.discord.limits import BUTTON, LABEL, TEXT, walk


def lines(drawn: object) -> list[str]:
    """All that is said, line by line."""
    return [line for one in walk(drawn) if one.get("type") == TEXT for line in one["content"].split("\n")]


def buttons(drawn: object) -> dict[str, str]:
    """The buttons by what is on them, with what they are about."""
    return {one["label"]: one["custom_id"] for one in walk(drawn) if one.get("type") == BUTTON}


def fields(modal: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["component"]["custom_id"]: one["component"] for one in modal["components"] if one["type"] == LABEL}


def alone(view: PrivateView) -> Sequence[dict[str, Any]]:
    """The components of a view that is one message."""
    (one,) = private_message(view)
    return one.components
