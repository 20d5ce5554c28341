"""``content``: what is printed and how it exits."""

import argparse
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cli import content
from content.bank import Bank, default_packs
from tests.content.sample import ID, changed, question_file, write_question

TODAY = max(question.reviewed for question in Bank.load(default_packs()).all())


def run(*words: str, packs: Sequence[Path] = (), today: date = TODAY) -> int:
    parser = argparse.ArgumentParser()
    content.add_to(parser.add_subparsers(), lambda: packs, lambda: today)
    args = parser.parse_args(["content", *words])
    code: int = args.run(args)
    return code


def test_check_counts_the_questions_of_a_good_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path)
    assert run("check", str(tmp_path)) == 0
    assert capsys.readouterr().out == "1 question, no faults\n"

    assert run("check", packs=default_packs()) == 0
    assert capsys.readouterr().out == f"{len(Bank.load(default_packs()).all())} questions, no faults\n"


def test_check_prints_all_faults_of_all_paths_sorted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = question_file(changed("weight: 3", "weight: 9").replace("level: foundation", "level: easy"))
    second = write_question(tmp_path / "b", text=text)
    first = write_question(tmp_path / "a", id_="first", text="no front matter")
    write_question(tmp_path / "a", id_="good")

    assert run("check", str(second), str(tmp_path / "a"), str(tmp_path / "z")) == 1

    shown = capsys.readouterr()
    assert [line.split(": ")[0] for line in shown.out.splitlines()] == [
        f"{first}:1",
        f"{second}:5",
        f"{second}:19",
        f"{tmp_path / 'z'}:1",
    ]
    assert shown.err == "4 faults in 3 files; 1 question without faults\n"


def test_reviews_that_are_too_old_are_told_and_can_be_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_question(tmp_path)
    years = timedelta(days=3 * 365)

    assert run("check", str(tmp_path), today=TODAY + years) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith(f"{file}:40: the review of 2026-11-23 is too old")
    assert shown.err == "1 fault in 1 file; 0 questions without faults\n"

    assert run("check", "--allow-old-reviews", str(tmp_path), today=TODAY + years) == 0
    told, summary = capsys.readouterr().out.splitlines()
    assert told.startswith(f"{file}:40: the review of 2026-11-23 is too old")
    assert summary == "1 question, no faults but 1 review too old"

    file.write_text("no front matter")
    assert run("check", "--allow-old-reviews", str(tmp_path), today=TODAY + years) == 1


def test_list_prints_a_table_with_one_line_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path)
    write_question(tmp_path, id_="x", folder="serving")

    assert run("list", packs=[tmp_path]) == 0

    assert [line.split("  ")[0].strip() for line in capsys.readouterr().out.splitlines()] == ["id", ID, "x"]


def test_list_as_json_has_what_a_program_wants_to_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path)

    assert run("list", "--json", packs=[tmp_path]) == 0

    assert json.loads(capsys.readouterr().out) == [
        {
            "id": ID,
            "topic": "deployment",
            "level": "foundation",
            "revision": 1,
            "question": "What does a canary release of a model protect you from, and how?",
            "key_points": 3,
            "sources": 1,
            "reviewed": "2026-11-23",
        }
    ]


def test_list_says_that_faulty_files_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path, text="nothing")

    assert run("list", "--json", packs=[tmp_path]) == 1

    shown = capsys.readouterr()
    assert json.loads(shown.out) == []
    assert shown.err == "1 file with faults left out; `content check` says why\n"


def test_show_prints_the_whole_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path)

    assert run("show", ID, packs=[tmp_path]) == 0

    shown = capsys.readouterr().out
    for piece in (
        "canary-release (deployment, foundation, revision 1, 2026-11-23)",
        "- Guard metrics decide whether the share grows. (weight 3, guard-metrics)",
        "also: five per cent of users see it before anybody else",
        "not:  everybody is switched over at once",
        "**In short.** A new version meets",
        "- Who meets the new version first?",
        "- How would you choose the size of the first step?",
        "Alec Warner and Štěpán Davidovič: Canarying Releases (2018),",
        "  https://sre.google/workbook/canarying-releases/",
        "- partial: Some users first, then the rest. [small-share made,",
        "- deployment, rollout",
    ):
        assert piece in shown


def test_show_leaves_out_what_a_question_does_not_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path, text=question_file(changed("tags: [deployment, rollout]\n", "")))

    assert run("show", ID, packs=[tmp_path]) == 0

    assert "Tags" not in capsys.readouterr().out


def test_show_names_the_nearest_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path)

    assert run("show", "canary-releases", packs=[tmp_path]) == 1
    assert capsys.readouterr().err == "there is no question 'canary-releases'; did you mean canary-release?\n"

    assert run("show", "zzz", packs=[tmp_path]) == 1
    assert capsys.readouterr().err == "there is no question 'zzz'; `content list` names them all\n"


def test_every_question_of_the_default_pack_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    for question in Bank.load(default_packs()).all():
        assert run("show", question.id, packs=[default_packs()[0] / question.topic / f"{question.id}.md"]) == 0
        assert capsys.readouterr().out.startswith(f"{question.id} ({question.topic}, ")


def test_stats_count_topics_and_levels_and_measure_the_grader_on_the_sample_replies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = "You let a few per cent in, watch errors, and only open up if those stay fine. The old one is kept warm."
    sure = (
        "Most people stay on the version from yesterday. Error rate and latency gate each step. Rollback takes seconds."
    )
    front = changed(good, sure).replace("Some users first, then the rest.", "Error rate and latency gate each step.")
    write_question(tmp_path, text=question_file(front))
    write_question(tmp_path, id_="x", folder="serving")

    assert run("stats", packs=[tmp_path]) == 0

    heads, deployment, serving, all_ = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert heads[:5] == ["topic", "foundation", "practitioner", "expert", "questions"]
    # Of four key points that were made one is missed, and of four that were not one is ticked.
    assert deployment == ["deployment", "1", "0", "0", "1", "75.0%", "75.0%", "75.0%"]
    assert serving[:5] == ["serving", "1", "0", "0", "1"]
    assert all_[:5] == ["all", "2", "0", "0", "2"]


def test_stats_of_no_question_are_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_question(tmp_path, text="nothing")

    assert run("stats", packs=[tmp_path]) == 1
    assert capsys.readouterr().out.splitlines()[-1].split() == ["all", "0", "0", "0", "0", "-", "-", "-"]
