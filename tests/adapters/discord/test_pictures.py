"""The pictures of Discord are what the code draws, and whole."""

from xml.etree.ElementTree import fromstring

import pytest

from tests.adapters.discord.pictures.scenes import PICTURES
from tests.adapters.pictures import canvas
from tests.adapters.pictures.day import FOLDER

SVG = "{http://www.w3.org/2000/svg}"
AGAIN = "drawn by: python -m tests.adapters.discord.pictures"


@pytest.mark.parametrize("name", PICTURES)
def test_the_committed_picture_is_what_the_code_draws(name: str) -> None:
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == PICTURES[name](), AGAIN


def test_every_picture_that_is_kept_is_one_that_is_drawn() -> None:
    assert {path.stem for path in FOLDER.glob("discord-*")} == set(PICTURES)


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
        ("question", ("data · practitioner", "November 25, 2026 at 16:00", "in 7 hours", "Answer", "Hint")),
        ("form", ("Your answer", "Your reply", "same code in both places", "Submit")),
        ("reveal", ("Model answer", "83% of replies", "Martin Zinkevich", "@Ana", "My grade", "Leaderboard")),
        ("check", ("My reply says this", "Weight", "Why, if you change a tick")),
        ("board", ("week 48 of 2026", "#mlops-quiz", "(you)", "Podium of week 47")),
    ],
)
def test_a_picture_shows_what_is_told_of_it_and_no_markup(name: str, shown: tuple[str, ...]) -> None:
    svg = fromstring(PICTURES[f"discord-{name}"]())
    said = " ".join(text.text or "" for text in svg.iter(f"{SVG}text"))

    assert [words for words in shown if words not in said] == []
    assert not {"**", "##", "<t", "<@", "\\"} & set(said.split())
    assert "\\" not in said
