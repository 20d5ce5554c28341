"""What is written behind an option, read into a value or into a sentence that says what would be right."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

Value = TypeVar("Value")

_LONGEST_SHOWN = 40


def read(option: str, parse: Callable[[str], Value], text: str, wrong: list[str]) -> Value | None:
    """Return what ``parse`` makes of the text; None, with its ValueError's sentence in ``wrong``, if it is no value."""
    try:
        return parse(text)
    except ValueError as fault:
        wrong.append(f"{option}: {fault}")
        return None


def number(allowed: range, text: str) -> int:
    """Return the whole number of this range that the text is. Raises ValueError with a sentence."""
    if re.fullmatch(r"[0-9]{1,9}", text) is None or int(text) not in allowed:
        sentence = f"{shown(text)} is not possible: write a whole number from {allowed[0]} to {allowed[-1]}."
        raise ValueError(sentence)
    return int(text)


def day(text: str) -> date:
    """Return the date that the text is, as 2026-03-27. Raises ValueError with a sentence."""
    sentence = f"{shown(text)} is not a date: write year, month and day as 2026-03-27."
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError(sentence)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(sentence) from None


def shown(text: str) -> str:
    return repr(text[:_LONGEST_SHOWN])
