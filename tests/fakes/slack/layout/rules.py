"""How a rule about JSON is written: a rule is given a value and where it stands, and names what is wrong with it.

Faults read as Slack's own: a sentence and the JSON pointer of the place.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def fault(sentence: str, path: str) -> str:
    return f"[ERROR] {sentence} [json-pointer:{path}]"


def anything(_value: Any, _path: str) -> Iterator[str]:
    yield from ()


def boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", path)


def string(most: int, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", path)
        elif len(value) > most:
            yield fault(f"must be less than {most + 1} characters", path)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", path)
        elif any("\ud800" <= character <= "\udfff" for character in value):
            yield fault("must be valid Unicode", path)

    return rule


def whole_number(least: int, most: int) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield fault(f"must be a whole number from {least} to {most}", path)

    return rule


def one_of(*allowed: str) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be one of {', '.join(allowed)}", path)

    return rule


def many(rule_of_each: Rule, most: int, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must be an array", path)
            return
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", path)
        if len(value) < least:
            yield fault(f"no fewer than {least} items allowed", path)
        for position, each in enumerate(value):
            yield from rule_of_each(each, f"{path}/{position}")

    return rule


def shape(must: Mapping[str, Rule], may: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these fields, beside its `type`, and no others."""
    known = {**must, **(may or {})}

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must be an object", path)
            return
        for name in sorted(must.keys() - value.keys()):
            yield fault(f"missing required field: {name}", path)
        for name in sorted(value.keys() - known.keys() - {"type"}):
            yield fault(f"invalid additional property: {name}", path)
        for name in sorted(value.keys() & known.keys()):
            yield from known[name](value[name], f"{path}/{name}")

    return rule


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """The rule of the object's `type`, which must be one of these."""

    def rule(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in rules:
            yield from rules[kind](value, path)
        else:
            yield fault(f"unsupported type: {kind}", path)

    return rule


def both(*rules: Rule) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        for each in rules:
            yield from each(value, path)

    return rule


def unique(field: str, found: Collection[Any], path: str) -> Iterator[str]:
    """Everything that was found under this name is there once."""
    values = list(found)
    for value in sorted({each for each in values if values.count(each) > 1}):
        yield fault(f'"{field}" {value} already exists', path)
