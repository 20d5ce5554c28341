"""The pictures of docs/slack.md are what the code draws, whole, and readable on a light and on a dark page."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.adapters.pictures import canvas
from tests.adapters.pictures.day import FOLDER
from tests.adapters.slack.pictures.scenes import PICTURES

SVG = "{http://www.w3.org/2000/svg}"
AGAIN = "drawn by: python -m tests.adapters.slack.pictures"


def _texts(svg: str) -> list[Element]:
    return list(fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", PICTURES)
def test_the_committed_picture_is_what_the_code_draws(name: str) -> None:
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == PICTURES[name](), AGAIN


def test_every_picture_that_is_kept_is_one_that_is_drawn() -> None:
    kept = {path.name for path in FOLDER.iterdir() if not path.name.startswith("discord-")}

    assert kept == {f"{name}.svg" for name in PICTURES}


@pytest.mark.parametrize("name", PICTURES)
def test_no_text_leaves_its_card(name: str) -> None:
    svg = fromstring(PICTURES[name]())
    height = float(svg.attrib["height"])
    for text in svg.iter(f"{SVG}text"):
        x, y, width = (float(text.attrib[one]) for one in ("x", "y", "textLength"))
        assert canvas.MARGIN < x < x + width < canvas.WIDTH - canvas.MARGIN, text.text
        assert canvas.MARGIN < y < height - canvas.MARGIN, text.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("question", ("data · practitioner", "16:00", "Answer", "Hint")),
        ("form", ("Your answer", "Your reply", "same code in both places", "Cancel", "Send")),
        ("reveal", ("Model answer", "83% of replies", "Martin Zinkevich", "1. Ana", "My grade", "Leaderboard")),
        ("board", ("week 48 of 2026", "22 points (you)", "Podium of week 47")),
    ],
)
def test_a_picture_shows_what_is_told_of_it(name: str, shown: tuple[str, ...]) -> None:
    said = " ".join(text.text or "" for text in _texts(PICTURES[name]()))

    assert [words for words in shown if words not in said] == []


@pytest.mark.parametrize("of", [canvas.LIGHT, canvas.DARK], ids=["light", "dark"])
def test_what_is_written_stands_out_from_what_is_behind_it(of: Mapping[str, str]) -> None:
    pairs = [("ink", "card"), ("soft", "card"), ("link", "card"), ("on-fill", "fill")]

    assert [pair for pair in pairs if _contrast(*(of[one] for one in pair)) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    """By the formula of WCAG, which asks for 4.5."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
