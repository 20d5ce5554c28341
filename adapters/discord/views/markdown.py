"""What the bank says in Markdown, in Discord's. Only what Discord shows is used, and a heading is a bold line."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from adapters.discord.views.rich import Code, Flow, Link, Piece, Said
from bot.wording.texts import tidy

_RULE = "———"
_STYLES = {"strong": "**", "em": "*", "s": "~~"}
_WORDS = frozenset({"paragraph", "heading", "hr"})
_parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def flow(text: str) -> Flow:
    """Return the text as one that can be shortened anywhere without breaking its markup."""
    return Flow(tuple(_blocks(SyntaxTreeNode(_parser.parse(tidy(text))).children, "")))


def _blocks(nodes: Sequence[SyntaxTreeNode], indent: str) -> Iterator[Piece]:
    """Yield the blocks one below the other; ``indent`` stands before all but the first line of a list's item."""
    for number, node in enumerate(nodes):
        if number:
            apart = not indent and {node.type, nodes[number - 1].type} <= _WORDS
            yield ("\n\n" if apart else "\n") + indent
        yield from _block(node, indent)


def _block(node: SyntaxTreeNode, indent: str) -> Iterator[Piece]:
    match node.type:
        case "fence" | "code_block":
            if node.content.strip():
                yield Code(node.content.rstrip("\n"), block=True)
        case "bullet_list" | "ordered_list":
            yield from _list(node, indent)
        case "blockquote":
            yield Flow(tuple(_blocks(node.children, "")), before="> ")
        case "hr":
            yield _RULE
        case "heading":
            yield from _inline(node, ("strong",))
        case _:
            yield from _inline(node, ())


def _list(node: SyntaxTreeNode, indent: str) -> Iterator[Piece]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children):
        mark = f"{first + number}. " if node.type == "ordered_list" else "- "
        yield f"\n{indent}{mark}" if number else mark
        yield from _blocks(item.children, indent + " " * len(mark))


def _inline(node: SyntaxTreeNode, styles: tuple[str, ...]) -> Iterator[Piece]:
    for child in node.children:
        yield from _inline_of(child, styles)


def _inline_of(node: SyntaxTreeNode, styles: tuple[str, ...]) -> Iterator[Piece]:
    match node.type:
        case "text" | "text_special":
            if node.content:
                yield Said(node.content, "".join(mark for kind, mark in _STYLES.items() if kind in styles))
        case "code_inline":
            yield Code(node.content)
        case "softbreak" | "hardbreak":
            yield "\n" if node.type == "hardbreak" else " "
        case "link":
            yield Link(_words(node), str(node.attrs.get("href", "")))
        case "image":
            yield Link(node.content, str(node.attrs.get("src", "")))
        case kind:
            yield from _inline(node, (*styles, kind))


def _words(node: SyntaxTreeNode) -> str:
    return "".join(child.content for child in node.walk() if child.type in {"text", "text_special", "code_inline"})
