"""What the bank says in Markdown, as rich text. Nothing of the markup is left to be read."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from adapters.slack.views import rich
from adapters.slack.views.rich import Json
from bot.wording.texts import tidy

_RULE = "———"
_DEEPEST = 8
"""Lists deeper than this stand at the same depth."""
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
_parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def parts(text: str) -> list[Json]:
    """Return the parts of a rich text: paragraphs one below the other, lists, code and quotes."""
    tree = SyntaxTreeNode(_parser.parse(tidy(text)))
    return _joined([part for node in tree.children for part in _block(node, 0) if part["elements"]])


def _block(node: SyntaxTreeNode, indent: int) -> Iterator[Json]:
    match node.type:
        case "fence" | "code_block":
            if node.content.strip():
                yield rich.preformatted(node.content.rstrip("\n"))
        case "bullet_list" | "ordered_list":
            yield from _list(node, indent)
        case "blockquote":
            yield rich.quote(*_lines(node))
        case "hr":
            yield rich.section(rich.text(_RULE))
        case "heading":
            yield rich.section(*_inline(node, {"bold": True}))
        case _:
            yield rich.section(*_inline(node, {}))


def _list(node: SyntaxTreeNode, indent: int) -> Iterator[Json]:
    """Yield the list, broken where an item holds more than words: a list of its own, or code."""
    ordered = node.type == "ordered_list"
    offset = int(node.attrs.get("start", 1)) - 1 if ordered else 0
    items: list[list[Json]] = []
    for item in node.children:
        words, nested = _item(item, min(indent + 1, _DEEPEST))
        items.append(words)
        if nested:
            yield rich.bullets(items, ordered=ordered, indent=indent, offset=offset)
            yield from nested
            offset += len(items) if ordered else 0
            items = []
    yield rich.bullets(items, ordered=ordered, indent=indent, offset=offset)


def _item(node: SyntaxTreeNode, indent: int) -> tuple[list[Json], list[Json]]:
    """Return the words of an item and, from the first other thing in it on, what else it holds."""
    words: list[Json] = []
    nested: list[Json] = []
    for child in node.children:
        if child.type == "paragraph" and not nested:
            words += [*([rich.text("\n")] if words else []), *_inline(child, {})]
        else:
            nested += [part for part in _block(child, indent) if part["elements"]]
    return words, nested


def _lines(node: SyntaxTreeNode) -> list[Json]:
    """Return what stands in a quote, in which Slack has neither lists nor code: a line each."""
    elements: list[Json] = []
    for child in node.walk():
        if child.type in {"inline", "fence", "code_block"}:
            elements += [rich.text("\n")] if elements else []
            elements += _inline_of(child, {}) if child.type == "inline" else rich.said(child.content, code=True)
    return elements


def _inline(node: SyntaxTreeNode, style: dict[str, bool]) -> list[Json]:
    return [element for child in node.children for element in _inline_of(child, style)]


def _inline_of(node: SyntaxTreeNode, style: dict[str, bool]) -> list[Json]:
    match node.type:
        case "text" | "text_special":
            elements = [rich.text(node.content, **style)] if node.content else []
        case "code_inline":
            elements = [rich.text(node.content, **style, code=True)]
        case "softbreak" | "hardbreak":
            elements = [rich.text("\n" if node.type == "hardbreak" else " ", **style)]
        case "link":
            elements = rich.link(str(node.attrs.get("href", "")), _words(node))
        case "image":
            elements = rich.link(str(node.attrs.get("src", "")), node.content)
        case kind:
            elements = _inline(node, {**style, _STYLES[kind]: True} if kind in _STYLES else style)
    return elements


def _words(node: SyntaxTreeNode) -> str:
    return "".join(child.content for child in node.walk() if child.type in {"text", "text_special", "code_inline"})


def _joined(parts: Sequence[Json]) -> list[Json]:
    """Return the parts with paragraphs that follow each other in one section, an empty line between them."""
    joined: list[Json] = []
    for part in parts:
        if joined and part["type"] == joined[-1]["type"] == "rich_text_section":
            joined[-1] = rich.section(*joined[-1]["elements"], rich.text("\n\n"), *part["elements"])
        else:
            joined.append(part)
    return joined
