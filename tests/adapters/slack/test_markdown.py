import re
from dataclasses import replace
from typing import Any

import pytest

from adapters.slack.views import reveal_message
from adapters.slack.views.markdown import parts
from adapters.slack.views.rich import block
from adapters.slack.views.text import escaped
from bot.domain.question import Question
from bot.views import PointShare
from content.bank import Bank, default_packs
from tests.adapters.slack.limits import message_faults, walk
from tests.adapters.slack.samples import NAMES, REVEAL


def drawn(text: str) -> list[Any]:
    """Each part by its kind, with its elements as (text, what it is)."""
    return [
        (part["type"].removeprefix("rich_text_"), [seen(element) for element in part["elements"]])
        for part in parts(text)
    ]


def seen(element: dict[str, Any]) -> Any:
    if element["type"] == "rich_text_section":
        return [seen(inner) for inner in element["elements"]]
    if element["type"] == "link":
        return element["text"], element["url"]
    return element["text"], *sorted(element.get("style", ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "**b** *i* ~~s~~ `c` t",
            [("b", "bold"), (" ",), ("i", "italic"), (" ",), ("s", "strike"), (" ",), ("c", "code"), (" t",)],
        ),
        ("***both***", [("both", "bold", "italic")]),
        ("# Title", [("Title", "bold")]),
        ("[a *page*](https://example.org/x)", [("a page", "https://example.org/x")]),
        ("<https://example.org>", [("https://example.org", "https://example.org")]),
        ("![a picture](https://example.org/p.png)", [("a picture", "https://example.org/p.png")]),
        ("[x](javascript:alert(1))", [("[x](javascript:alert(1))",)]),
        (r"2 \* 3 & <labels> <!channel>", [("2 * 3 & <labels> <!channel>",)]),
        ("one\ntwo  \nthree\n\nfour", [("one two\nthree\n\nfour",)]),
    ],
)
def test_words_keep_their_looks_and_lose_their_markup(text: str, expected: list[Any]) -> None:
    assert drawn(text) == [("section", expected)]


def test_lists_code_and_quotes_are_parts_of_their_own() -> None:
    text = "Look:\n\n- one\n  1. inner\n- two\n\n```python\nx = 1\n```\n\n> said **so**\n"

    assert drawn(text) == [
        ("section", [("Look:",)]),
        ("list", [[("one",)]]),
        ("list", [[("inner",)]]),
        ("list", [[("two",)]]),
        ("preformatted", [("x = 1",)]),
        ("quote", [("said ",), ("so", "bold")]),
    ]


def test_a_numbered_list_goes_on_counting_after_what_stands_in_between() -> None:
    lists = [part for part in parts("1. one\n   ```\n   x\n   ```\n2. two") if part["type"] == "rich_text_list"]

    assert [(part["style"], part.get("offset", 0)) for part in lists] == [("ordered", 0), ("ordered", 1)]


def test_a_list_in_a_list_is_indented() -> None:
    assert [part.get("indent", 0) for part in parts("- a\n  - b\n    - c")] == [0, 1, 2]


@pytest.mark.parametrize("text", ["", "   ", "- ", "```\n```", "***", "> ", "[](https://example.org)"])
def test_nothing_makes_no_empty_part(text: str) -> None:
    assert all(part["elements"] for part in parts(text))
    assert all(made["elements"] for made in block(*parts(text)))


BANK = Bank.load(default_packs()).all()


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
def test_every_answer_of_the_bank_is_shown_whole_and_without_its_markup(question: Question) -> None:
    reveal = reveal_message(
        replace(
            REVEAL,
            text=question.text,
            model_answer=question.model_answer,
            points=tuple(PointShare(point=point, share=0.5) for point in question.key_points),
            sources=question.sources,
            follow_up=question.follow_up,
        ),
        NAMES,
    )

    words = [one for one in walk(reveal.blocks) if one.get("type") == "text" and "code" not in one.get("style", ())]
    assert message_faults(reveal.text, reveal.blocks) == []
    assert not any(re.search(r"\*\*|`|^- |\]\(", one["text"], re.MULTILINE) for one in words)
    assert all(escaped(point.statement) in reveal.text for point in question.key_points)
    shown = sum(one["text"].count("…") for one in walk(reveal.blocks) if one.get("type") == "text")
    assert shown == question.model_answer.count("…")
