import pytest
import yaml

from content.additions import patch, with_phrasings
from content.bank import default_packs

FILES = sorted(path for pack in default_packs() for path in pack.rglob("*.md") if path.parent != pack)
NASTY = ["says: # it", '"quoted" — \N{SNOWMAN}', "- a dash"]


def head(text: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return found


@pytest.mark.parametrize("path", FILES[::17], ids=lambda path: path.stem)
def test_what_is_added_stands_behind_what_was_accepted_and_nothing_else_changes(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    before: object = head(text)
    points = before["key_points"]  # type: ignore[index]
    added = {points[0]["id"]: NASTY, points[-1]["id"]: ["one more"]}

    after = with_phrasings(text, added)

    for point in points:
        point["accepted"] += added.get(point["id"], [])
    assert head(after) == before
    assert after.split("---\n")[2:] == text.split("---\n")[2:]


def test_a_patch_names_the_file_and_adds_lines_alone() -> None:
    text = "---\nkey_points:\n  - id: one\n    accepted:\n      - a way\n    weight: 1\n---\n"

    made = patch("topic/q.md", text, {"one": ["another"], "two": ["lost"]})

    assert made.startswith("--- a/topic/q.md\n+++ b/topic/q.md\n")
    assert [line for line in made.splitlines()[2:] if line[0] in "+-"] == ['+      - "another"']
    assert patch("topic/q.md", text, {"two": ["lost"]}) == ""
