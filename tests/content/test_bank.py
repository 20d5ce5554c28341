"""The bank holds what is good in its packs and says of the rest why it is left out."""

import os
from pathlib import Path

import pytest

from bot.ports import Questions
from content.bank import Bank, default_packs
from tests.content.sample import ID, changed, question_file, write_question


def test_a_bank_has_every_question_below_its_folders_in_order(tmp_path: Path) -> None:
    for id_, topic in (("b-two", "serving"), ("a-one", "serving"), ("z-three", "data")):
        write_question(tmp_path / "pack", id_=id_, folder=topic)
    write_question(tmp_path / "other", id_="a-four", folder="ours")

    questions: Questions = Bank.load([tmp_path / "pack", tmp_path / "other"])

    assert [question.id for question in questions.all()] == ["z-three", "a-one", "b-two", "a-four"]
    found = questions.get("a-four")
    assert found is not None
    assert found.topic == "ours"
    assert questions.get("nothing") is None


def test_what_a_pack_says_about_itself_is_no_question(tmp_path: Path) -> None:
    file = write_question(tmp_path)
    for about in (tmp_path / "README.md", tmp_path / "LICENSE", tmp_path / "LICENSE.md", file.parent / "README.md"):
        about.write_text("# Our pack")

    bank = Bank.load([tmp_path])

    assert ([question.id for question in bank.all()], bank.faults) == ([ID], ())


def test_a_faulty_file_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    good = write_question(tmp_path, id_="good-one")
    faulty = write_question(tmp_path, text=question_file(changed("weight: 3", "weight: 9")))

    bank = Bank.load([tmp_path])

    assert [question.id for question in bank.all()] == [good.stem]
    assert [(fault.path, fault.line) for fault in bank.faults] == [(faulty, 19)]


def test_of_two_files_with_one_id_the_first_stays_and_the_second_is_at_fault(tmp_path: Path) -> None:
    first = write_question(tmp_path / "a")
    second = write_question(tmp_path / "b", folder="serving")

    bank = Bank.load([tmp_path / "a", tmp_path / "b"])

    assert [(question.id, question.topic) for question in bank.all()] == [(ID, first.parent.name)]
    assert [(fault.path, fault.line) for fault in bank.faults] == [(second, 2)]
    assert str(first) in bank.faults[0].message


def test_a_file_that_is_reached_twice_is_one_file(tmp_path: Path) -> None:
    file = write_question(tmp_path)

    bank = Bank.load([tmp_path, file, tmp_path / "deployment" / ".." / "deployment"])

    assert len(bank.all()) == 1
    assert bank.faults == ()


def test_a_relative_file_is_judged_by_the_folder_it_really_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_question(tmp_path)
    monkeypatch.chdir(file.parent)

    assert Bank.load([Path(file.name)]).faults == ()


def test_hidden_files_and_other_files_are_no_questions(tmp_path: Path) -> None:
    file = write_question(tmp_path)
    for name in ("LICENSE", "notes.txt", ".draft.md", ".history/old.md"):
        other = file.parent / name
        other.parent.mkdir(exist_ok=True)
        other.write_text("nothing")

    assert Bank.load([tmp_path]).faults == ()


def test_linked_folders_are_followed_and_a_link_to_itself_is_no_trap(tmp_path: Path) -> None:
    file = write_question(tmp_path / "elsewhere")
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "deployment").symlink_to(file.parent)
    (file.parent / "up").symlink_to(file.parent)

    bank = Bank.load([pack])

    assert len(bank.all()) == 1
    assert bank.faults == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "there is no such file or folder"),
        ("notes.txt", "a question file's name ends in .md"),
        ("empty", "there is no question file in this folder: put them at <topic>/<id>.md"),
        ("n" * 5000, "this cannot be read: File name too long"),
        ("dangling.md", "there is no such file or folder"),
        ("pipe.md", "a question file's name ends in .md"),
    ],
)
def test_a_path_without_questions_is_a_fault(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.md").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.md")

    bank = Bank.load([tmp_path / name])

    assert bank.all() == ()
    assert [(fault.line, fault.message) for fault in bank.faults] == [(1, message)]


def test_a_dead_link_and_a_pipe_in_a_pack_are_faults_and_nothing_waits(tmp_path: Path) -> None:
    write_question(tmp_path)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.md")

    bank = Bank.load([tmp_path])

    assert len(bank.all()) == 1
    assert [fault.message for fault in bank.faults] == ["this is no file that can be read"] * 2


def test_a_file_or_folder_that_may_not_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_question(tmp_path / "pack")
    locked = tmp_path / "locked"
    locked.mkdir()

    def refuse(path: Path, *rest: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # whoever runs the tests may be allowed to read everything
    in_file = Bank.load([tmp_path / "pack"])
    monkeypatch.setattr(Path, "iterdir", refuse)
    in_folder = Bank.load([locked])

    assert [(fault.path, fault.message) for fault in in_file.faults] == [
        (file, "this cannot be read: Permission denied")
    ]
    assert [(fault.path, fault.message) for fault in in_folder.faults] == [
        (locked, "this cannot be read: Permission denied")
    ]


def test_the_default_pack_is_where_the_bot_is() -> None:
    (pack,) = default_packs()

    assert pack.is_absolute()
    assert (pack / "LICENSE").read_text(encoding="utf-8").count("CC-BY-4.0") == 1


def test_the_default_pack_has_no_faults() -> None:
    bank = Bank.load(default_packs())

    assert [str(fault) for fault in bank.faults] == []
    assert bank.all()
