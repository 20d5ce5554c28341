"""Phrasings added to a question file, so that they can be given back to its pack."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence

_POINT = re.compile(r"(\s*)- id:\s*['\"]?([^'\"\s#]+)")
_ACCEPTED = re.compile(r"(\s*)accepted:\s*$")


def with_phrasings(text: str, phrasings: Mapping[str, Sequence[str]]) -> str:
    """Return a question file with phrasings added at the end of what its key points accept, by key point id.

    Each key point's ``accepted`` must be a list of one line an item, as in the packs; others are left as they are.
    """
    lines: list[str] = []
    waiting: Sequence[str] = ()
    point, indent = "", ""
    for line in text.splitlines(keepends=True):
        if waiting and not line.startswith(indent):
            lines += [f"{indent}{json.dumps(one, ensure_ascii=False)}\n" for one in waiting]
            waiting = ()
        if found := _POINT.match(line):
            point = found[2]
        elif found := _ACCEPTED.match(line):
            waiting, indent = phrasings.get(point, ()), f"{found[1]}  - "
        lines.append(line)
    return "".join(lines)


def patch(path: str, text: str, phrasings: Mapping[str, Sequence[str]]) -> str:
    """Return the change as a unified diff that ``patch -p1`` and ``git apply`` take; nothing if there is none."""
    after = with_phrasings(text, phrasings)
    lines = difflib.unified_diff(
        text.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(lines)
