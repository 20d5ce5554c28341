"""How Slack says no."""

from typing import Any

Json = dict[str, Any]

TOO_LARGE_OR_MISSHAPEN = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "message_truncated",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "push_limit_reached",
        "view_too_large",
    }
)
"""What a bot must never be told: it sent something of the wrong size or shape."""


class Refusal(Exception):  # noqa: N818 an answer like any other
    """The answer of a method that did nothing: `ok` is false, and `error` is this word."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error, *(messages or []))
        self.error = error
        self.messages = messages or []
        self.more = more

    def answer(self) -> Json:
        said: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            said |= {"errors": self.messages, "response_metadata": {"messages": self.messages}}
        return said
