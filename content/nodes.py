"""Reading front matter so that every fault in it is found at once and has the line of the file that it stands in."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from content.page import FRONT_MATTER_LINE, UNWANTED, FaultLog, Page, code_point

MAX_DEPTH = 8
"""Levels of lists and mappings; a question has five."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C loader is many times quicker; where PyYAML was built without it, the other reads the same."""

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "bool": "a boolean",
    "float": "a decimal number",
    "int": "a whole number",
    "map": "a mapping",
    "null": "nothing",
    "seq": "a list",
    "str": "text",
    "timestamp": "a date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of the front matter under the name that a fault gives it; ``line`` is that of its key, or of a list's item.

    Each reader notes in the log what is wrong and returns something of its type all the same, so that reading goes on: what
    was read counts only if the log is empty at the end. A value that is not there (``node`` None) reads as empty, without a
    fault: whether it must be there has been said by ``fields``.
    """

    name: str
    line: int
    node: yaml.Node | None
    log: FaultLog

    def fault(self, message: str) -> None:
        self.log.add(self.line, message)

    def text(self, at_most: int) -> str:
        """Read a text of 1 to ``at_most`` characters; runs of white space count and come as one space."""
        content = self._content(yaml.ScalarNode, "str", "text")
        if content is None:
            return ""
        unwanted = UNWANTED.search(content)
        if unwanted is not None:
            self.fault(f"{self.name} holds {code_point(unwanted[0])}, a control character: take it out")
        text = " ".join(UNWANTED.sub("", content).split())
        if re.search(r"\w", text) is None:
            self.fault(f"{self.name} has no words: write 1 to {at_most:,} characters")
        elif len(text) > at_most:
            self.fault(f"{self.name} has {len(text):,} characters; at most {at_most:,} are allowed")
        return text

    def whole(self, lowest: int, highest: int) -> int:
        """Read a whole number within the bounds."""
        if self.node is None:
            return lowest
        if _is_a(self.node, yaml.ScalarNode, "int") and re.fullmatch(r"0|-?[1-9][0-9]{0,8}", self.node.value):
            number = int(self.node.value)
            if lowest <= number <= highest:
                return number
        quoted = ", without quotes" if getattr(self.node, "style", None) in {"'", '"'} else ""
        self.fault(f"{self.name} must be a whole number from {lowest} to {highest}{quoted}, not {shown(self.node)}")
        return lowest

    def day(self) -> date:
        """Read a calendar date."""
        if self.node is None:
            return date.max
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(self.node.value)):
                return date.fromisoformat(self.node.value)
        except ValueError:
            pass  # a day that no calendar has is reported like any other text
        self.fault(f"{self.name} must be a date such as 2026-11-23, not {shown(self.node)}")
        return date.max

    def one_of(self, choices: Sequence[str]) -> str:
        """Read one of the choices; empty if it is none of them."""
        if self.node is None:
            return ""
        if isinstance(self.node, yaml.ScalarNode) and self.node.value in choices:
            return str(self.node.value)
        self.fault(f"{self.name} must be {listed(choices)}, not {shown(self.node)}")
        return ""

    def items(self, fewest: int, most: int, of: str) -> list["Value"]:
        """Read a list of ``fewest`` to ``most`` values, each of which is called ``of``; of a far longer one only a part."""
        content = self._content(yaml.SequenceNode, "seq", "a list")
        if content is None:
            return []
        if not fewest <= len(content) <= most:
            self.fault(f"{self.name} has {counted(len(content), 'item')}; {fewest} to {most} are allowed")
        return [Value(name=of, line=_line(node), node=node, log=self.log) for node in content[: 2 * most]]

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Value"]:
        """Read a mapping with these keys and no other; each of them is in the result, those that are missing as empty."""
        known = (*required, *optional)
        entries = self.entries()
        if entries is not None:
            for name in entries.keys() - known:
                advice = nearest(name, known) or f"; known are {listed(known)}"
                entries[name].fault(f"{self.name} has an unknown key {shown(name)}{advice}")
            for name in [name for name in required if name not in entries]:
                self.fault(f"{self.name} lacks the key '{name}'")
        absent = {name: Value(name=name, line=self.line, node=None, log=self.log) for name in known}
        return absent | (entries or {})

    def entries(self) -> dict[str, "Value"] | None:
        """Read a mapping with any texts as keys; of a key that stands twice the first counts."""
        content = self._content(yaml.MappingNode, "map", "a mapping of keys to values")
        if content is None:
            return None
        entries: dict[str, Value] = {}
        for key, node in content:
            line = _line(key)
            if not _is_a(key, yaml.ScalarNode, "str"):
                self.log.add(line, f"a key must be text, but YAML reads {shown(key)} as {_kind(key)}: put it in quotes")
            elif key.value in entries:
                first = entries[key.value].line
                self.log.add(line, f"the key {shown(key)} stands twice, first in line {first}: keep one of them")
            else:
                entries[key.value] = Value(name=key.value, line=line, node=node, log=self.log)
        return entries

    def _content(self, kind: type[yaml.Node], tag: str, wanted: str) -> Any:
        """Return what the node holds, None with a fault if it is of another kind, None without one if it is not there."""
        if self.node is None or _is_a(self.node, kind, tag):
            return None if self.node is None else self.node.value
        if _is_a(self.node, yaml.ScalarNode, "null") and not self.node.value:
            self.fault(f"{self.name} is empty: it must be {wanted}")
        elif isinstance(self.node, yaml.ScalarNode) and kind is yaml.ScalarNode:
            self.fault(
                f"{self.name} must be text, but YAML reads {shown(self.node)} as {_kind(self.node)}: put it in quotes"
            )
        else:
            self.fault(f"{self.name} must be {wanted}, not {shown(self.node)}")
        return None


def front_matter(page: Page, log: FaultLog) -> Value | None:
    """Return the front matter as one value; None, with the reason in the log, if it cannot be read as YAML."""
    try:
        refusal = _refusal(yaml.parse(page.front, LOADER))
        node = None if refusal else yaml.compose(page.front, LOADER)
    # Some escapes and directives end in a ValueError or OverflowError of the loader's own arithmetic.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        refusal, node = _broken(error), None
    if node is None:
        log.add(
            *(refusal or (FRONT_MATTER_LINE, "the front matter is empty: a question has at least an id and key points"))
        )
        return None
    return Value(name="the front matter", line=FRONT_MATTER_LINE, node=node, log=log)


def _refusal(events: Iterable[Any]) -> tuple[int, str] | None:
    """Find what would make a small file a large tree or a deep one, before any tree is built."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            return _line(event), "an alias (*name) is not allowed: write the value out"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return _line(event), f"the values are nested more than {MAX_DEPTH} deep; a question needs five levels"
    return None


def _broken(error: Exception) -> tuple[int, str]:
    mark, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())
    if mark is not None and start is not None and start.line != mark.line:
        problem = f"{getattr(error, 'context', None)}, from line {start.line + FRONT_MATTER_LINE}: {problem}"
    advice = "indent with spaces, and quote a text that holds ': ' or starts with a special character"
    line = FRONT_MATTER_LINE if mark is None else mark.line + FRONT_MATTER_LINE
    return line, f"this is not valid YAML ({problem}): {advice}"


def _line(marked: Any) -> int:
    return int(marked.start_mark.line) + FRONT_MATTER_LINE


def _is_a(node: yaml.Node | None, kind: type[yaml.Node], tag: str) -> bool:
    return isinstance(node, kind) and node.tag == _TAG + tag


def _kind(node: yaml.Node) -> str:
    return _KINDS.get(node.tag.removeprefix(_TAG), "something special")


def shown(value: yaml.Node | str) -> str:
    """Return what stands in a file as it may stand in a sentence: one line, not too long."""
    if isinstance(value, yaml.CollectionNode):
        return "a list" if isinstance(value, yaml.SequenceNode) else "a mapping"
    text = value if isinstance(value, str) else str(value.value)
    return repr(text if len(text) <= 60 else text[:59] + "…")  # noqa: PLR2004 - about half a line


def listed(choices: Iterable[str]) -> str:
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the tail of a sentence about an unknown name: the known ones that look like it, empty if none does."""
    close = difflib.get_close_matches(name, known, n=3)
    return f"; did you mean {listed(close)}?" if close else ""
