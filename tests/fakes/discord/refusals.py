"""How Discord says no."""

from collections.abc import Set as AbstractSet
from typing import Any

Json = dict[str, Any]

_SENTENCES = {
    0: "401: Unauthorized",
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10007: "Unknown Member",
    10008: "Unknown Message",
    10013: "Unknown User",
    10014: "Unknown Emoji",
    10015: "Unknown Webhook",
    10062: "Unknown interaction",
    10063: "Unknown application command",
    30034: "Max number of daily application command creates has been reached (200)",
    40060: "Interaction has already been acknowledged.",
    50001: "Missing Access",
    50005: "Cannot edit a message authored by another user",
    50006: "Cannot send an empty message",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50024: "Cannot execute action on this channel type",
    50027: "Invalid Webhook Token",
    50035: "Invalid Form Body",
    50083: "Thread is archived",
    50109: "The request body contains invalid JSON.",
    160002: "You need permission to read message history in order to reply",
    160004: "A thread has already been created for this message",
    160005: "This thread is locked",
    160006: "Maximum number of active threads reached",
}
MISSHAPEN = frozenset({50006, 50024, 50035, 50109})
"""What a bot must never be told: it sent something of the wrong size or shape."""


class Refusal(Exception):  # noqa: N818 an answer like any other
    """An answer other than 2xx: the status, and the JSON error code with its sentence."""

    def __init__(self, status: int, code: int, errors: Json | None = None) -> None:
        super().__init__(status, code, errors)
        self.status = status
        self.code = code
        self.errors = errors

    def answer(self) -> Json:
        said: Json = {"message": _SENTENCES.get(self.code, "Refused"), "code": self.code}
        return said | ({"errors": self.errors} if self.errors else {})


class Problems:
    """Collects everything that is wrong with a body, by the place where it is wrong."""

    def __init__(self) -> None:
        self._found: Json = {}

    def add(self, path: str, sentence: str, code: str = "BASE_TYPE_BAD_VALUE") -> None:
        """The path has dots between its steps, as `components.0.label`."""
        place = self._found
        for step in filter(None, path.split(".")):
            place = place.setdefault(step, {})
        place.setdefault("_errors", []).append({"code": code, "message": sentence})

    def length(self, path: str, value: object, most: int, least: int = 0) -> None:
        """It is a text of this many characters."""
        if not isinstance(value, str):
            self.add(path, "Could not interpret as string.", "BASE_TYPE_BAD_STRING")
        elif not least <= len(value) <= most:
            self.add(path, f"Must be between {least} and {most} in length.", "BASE_TYPE_BAD_LENGTH")

    def within(self, path: str, value: object, least: int, most: int) -> None:
        """It is a whole number between these."""
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.add(path, f"Must be a number between {least} and {most}.", "NUMBER_TYPE_RANGE")

    def fields(self, path: str, value: Json, known: AbstractSet[str], needed: AbstractSet[str] = frozenset()) -> None:
        """It has what it needs, and nothing that is unknown here (Discord ignores that; a test must not lean on it)."""
        for name in sorted(needed - value.keys()):
            self.add(f"{path}.{name}", "This field is required", "BASE_TYPE_REQUIRED")
        for name in sorted(value.keys() - known):
            self.add(f"{path}.{name}", "There is no such field", "UNKNOWN_FIELD")

    def refuse(self) -> None:
        """Raises what was found, if anything was."""
        if self._found:
            raise Refusal(400, 50035, self._found)
