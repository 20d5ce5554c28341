"""Where in a question's file its texts stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from content.nodes import LOADER
from content.page import FRONT_MATTER_LINE, Fault, FaultLog, Page, read_page

_NO_PROSE = re.compile(r"\s*(?:- )?(?:id|title|by|year|url|tags|labels|topic|level|kind|reviewed)\b.*")
"""Lines whose words are names and addresses: they are spelt as whoever gave them spells them."""
_CODE = re.compile(r"`[^`]*`|https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of one question's file, which is without fault."""

    path: Path
    page: Page
    first: Mapping[str, int]

    @classmethod
    def of(cls, path: Path) -> "Lines":
        page = read_page(path.read_bytes(), FaultLog(path=path))
        assert page is not None  # noqa: S101 - it was read as a question
        first: dict[str, int] = {}
        for text, line in _scalars(yaml.compose(page.front, LOADER)):
            first.setdefault(text, line)
        return cls(path=path, page=page, first=first)

    def fault(self, text: str, message: str) -> Fault:
        """Return a fault in the line in which a text of the front matter begins, else in that of the model answer."""
        return self.fault_at(self.first.get(text, self.page.body_line), message)

    def fault_at(self, line: int, message: str) -> Fault:
        return Fault(path=self.path, line=line, message=message)

    def prose(self) -> Iterator[tuple[int, str]]:
        """Yield what was written for readers, line by line, without code and addresses."""
        for number, line in enumerate(self.page.front.split("\n"), FRONT_MATTER_LINE):
            if not _NO_PROSE.fullmatch(line):
                yield number, _CODE.sub("", line)
        for number, line in enumerate(self.page.body.split("\n"), self.page.body_line):
            yield number, _CODE.sub("", line)


def _scalars(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield " ".join(node.value.split()), node.start_mark.line + FRONT_MATTER_LINE
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
