"""What is said to one person in a sentence or a list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    title: str
    commands: tuple[tuple[str, str], ...]
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A sentence or two for one person."""

    text: str
