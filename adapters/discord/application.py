"""The application that the bot belongs to, as far as Discord tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_CONTENT, _CONTENT_OF_FEW = 1 << 18, 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """``reads_content``: it has the Message Content Intent; None if Discord does not say."""

    id: str
    name: str = ""
    reads_content: bool | None = None
    interactions_endpoint: str = ""
    """Where Discord sends interactions instead of to the gateway."""
    needs_code: bool = False
    """No link alone invites its bot."""


def application_of(told: Mapping[str, Any]) -> Application:
    """Read what Discord tells, of which only the id must be there."""
    flags = told.get("flags")
    return Application(
        id=str(told["id"]),
        name=str(told.get("name") or ""),
        reads_content=bool(flags & (_CONTENT | _CONTENT_OF_FEW)) if isinstance(flags, int) else None,
        interactions_endpoint=str(told.get("interactions_endpoint_url") or ""),
        needs_code=bool(told.get("bot_require_code_grant")),
    )
