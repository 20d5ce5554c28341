"""The questions that a running bot asks, and what becomes of them when the packs change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.shelf import load_questions
from bot.ports import Questions
from bot.settings import Settings
from content.bank import Bank, default_packs, packs_of
from tests.content.sample import ID, changed, question_file, write_question

NOW, LATER = (datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in (10, 11))


def ids(questions: Questions) -> Sequence[str]:
    return [question.id for question in questions.all()]


def test_what_is_read_anew_is_what_is_asked(tmp_path: Path) -> None:
    file = write_question(tmp_path)
    shelf = load_questions(Settings(packs=(tmp_path,)), NOW)
    file.unlink()
    write_question(tmp_path, id_="x", folder="serving")
    write_question(tmp_path, id_="y", folder="serving")

    shelf.read_anew(LATER)

    assert (ids(shelf), shelf.get(ID)) == (["x", "y"], None)
    assert (shelf.facts.questions, shelf.facts.read_at, shelf.facts.refused_at) == (2, LATER, None)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [("a fault", "3 faults in 1 file, the first: "), ("nothing left", "1 fault in 1 file, the first: ")],
)
def test_a_faulty_state_changes_nothing_and_is_said(tmp_path: Path, spoil: str, said: str) -> None:
    file = write_question(tmp_path)
    shelf = load_questions(Settings(packs=(tmp_path,)), NOW)
    if spoil == "a fault":
        write_question(tmp_path, id_="x", text=question_file(changed("weight: 3", "weight: 9")))
    else:
        file.unlink()

    shelf.read_anew(LATER)

    assert ids(shelf) == [ID]
    assert (shelf.facts.questions, shelf.facts.read_at, shelf.facts.refused_at) == (1, NOW, LATER)
    assert shelf.facts.refused.startswith(said)


def test_a_team_can_have_its_own_pack_beside_the_one_that_comes_with_the_bot(tmp_path: Path) -> None:
    write_question(tmp_path)

    packs = packs_of((Path("mlops"), tmp_path))

    assert packs == (*default_packs(), tmp_path)
    assert len(Bank.load(packs).all()) == len(Bank.load(default_packs()).all()) + 1
    assert packs_of(()) == default_packs()
