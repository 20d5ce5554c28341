import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import grade
from bot.domain.question import Question
from bot.domain.reply import MAX_REPLY
from content.bank import Bank, default_packs

QUESTION_ID = "monitoring-vs-logging"


def one_file() -> tuple[Path, ...]:
    """Where the question is; reading the whole bank takes longer than grading."""
    return tuple(default_packs()[0].rglob(f"{QUESTION_ID}.md"))


@pytest.fixture(scope="module")
def question() -> Question:
    found = Bank.load(default_packs()).get(QUESTION_ID)
    assert found
    return found


def run(
    monkeypatch: pytest.MonkeyPatch,
    reply: bytes | str,
    *options: str,
    question_id: str = QUESTION_ID,
    packs: Callable[[], Sequence[Path]] = default_packs,
) -> int:
    data = reply.encode("utf-8", "surrogatepass") if isinstance(reply, str) else reply
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    parser = argparse.ArgumentParser(prog="bot")
    grade.add_to(parser.add_subparsers(required=True), packs)
    args = parser.parse_args(["grade", "--question", question_id, *options])
    code: int = args.run(args)
    return code


def as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: bytes | str) -> dict[str, Any]:
    assert run(monkeypatch, reply, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json_has_share_points_key_points_and_grader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], question: Question
) -> None:
    reply = " ".join(point.accepted[0] + "." for point in question.key_points)

    found = as_json(monkeypatch, capsys, reply)

    assert list(found) == ["share", "points", "key_points", "grader"]
    assert (found["share"], found["points"], found["grader"]) == (1, 10, "lexical 4")
    assert [list(point) for point in found["key_points"]] == [["statement", "verdict", "evidence"]] * 5
    assert [point["statement"] for point in found["key_points"]] == [point.statement for point in question.key_points]
    assert {point["verdict"] for point in found["key_points"]} == {"covered"}
    assert all(point["evidence"] in reply for point in found["key_points"])


def test_share_and_points_follow_from_the_weights(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = as_json(monkeypatch, capsys, "You keep a per-request trail to dig through after the fact.")

    assert [point["verdict"] for point in found["key_points"]] == ["covered", *["not seen"] * 4]
    assert found["share"] == pytest.approx(2 / 9)
    assert found["points"] == 2 + 2


@pytest.mark.parametrize("reply", ["", " \n", "I don't know", "\x00", b"\xef\xbb\xbf"])
def test_no_attempt_is_worth_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: bytes | str
) -> None:
    found = as_json(monkeypatch, capsys, reply)

    assert (found["share"], found["points"]) == (0, 0)


def test_the_question_copied_is_no_attempt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], question: Question
) -> None:
    found = as_json(monkeypatch, capsys, question.text)

    assert (found["share"], found["points"]) == (0, 0)


def test_without_json_it_is_a_list_to_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], question: Question
) -> None:
    assert run(monkeypatch, "You keep a per-request trail to\ndig through after the fact.") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == question.text
    assert lines[2] == f"[x] {question.key_points[0].statement} (covered, weight 2)"
    assert lines[3] == "      “You keep a per-request trail to dig through after the fact”"
    assert lines[-1] == "4 points; the ticked key points carry 22% of the weight (lexical 4)"


def test_what_speaks_against_a_key_point_is_shown_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "Metrics make logs unnecessary.") == 0

    assert "      against it: “Metrics make logs unnecessary”" in capsys.readouterr().out.splitlines()


def test_no_attempt_is_said_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "idk") == 0

    assert "\nNo attempt: " in capsys.readouterr().out


def test_a_long_reply_is_graded_as_far_as_a_reply_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "so " * (MAX_REPLY // 3) + "you keep a per-request trail to dig through", "--json") == 0

    said = capsys.readouterr()
    assert json.loads(said.out)["share"] == 0
    assert said.err == "the reply has more than 3,000 characters; only the first 3,000 count\n"


def test_a_reply_in_another_encoding_is_graded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = as_json(
        monkeypatch, capsys, b"\xff\xfe caf\xe9: you keep a per-request trail to dig through \x00\xed\xa0\x80"
    )

    assert found["key_points"][0]["verdict"] == "covered"


def test_an_unknown_question_is_answered_with_near_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "", question_id="monitoring-or-logging") == 1
    near = capsys.readouterr().err
    assert run(monkeypatch, "", question_id="\udcff" * 500) == 1
    far = capsys.readouterr().err

    assert near.startswith("there is no question 'monitoring-or-logging'; did you mean monitoring-vs-logging")
    assert far.endswith("; `content list` names them all\n")


@given(st.one_of(st.binary(), st.text(st.characters(codec=None))))
def test_any_input_is_graded(reply: bytes | str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)

        assert run(monkeypatch, reply, "--json", packs=one_file) == 0

    assert len(json.loads(out.getvalue())["key_points"]) == 5
