"""What is right by the bank's own word must count with the grader."""

from pathlib import Path

import pytest

from bot.cli.graded import graded
from content.bank import Bank
from tests.content.sample import BODY, changed, line_of, question_file, write_question


@pytest.mark.parametrize(
    ("front", "body", "at", "message"),
    [
        (
            changed("- everybody is switched over at once", "- a small group of requests is first to meet the version"),
            BODY,
            "statement: Only a small",
            "the model answer counts as the contrary of the key point 'small-share'",
        ),
        (
            changed(
                "text: >-\n      You let a few", "text: >-\n      All the tourists watch first. You let a few"
            ).replace("- everybody is switched over at once", "- all the tourists watch"),
            BODY,
            "text: >-",
            "a reply that makes it counts as the contrary of the key point 'small-share'",
        ),
        (
            changed("- everybody is switched over at once", "- flip back what is still up"),
            BODY,
            "- flip the traffic",
            "this phrasing, which is right, counts as the contrary of the key point 'small-share'",
        ),
        (
            changed("- rollback takes seconds", "- no clue about the rollback"),
            BODY,
            "- no clue",
            "accepted phrasing 'no clue about the rollback' does not count even alone",
        ),
        (
            changed("Guard metrics decide whether the share grows.", "Turnips are watered by an elderly gardener.")
            .replace("error rate and latency gate each step", "the gardener waters them")
            .replace("the ramp stops by itself when a number looks bad", "an elderly person is in charge of turnips")
            .replace("a check on live measurements comes before every increase", "water for each turnip"),
            BODY,
            "statement: Turnips",
            "the model answer does not make the key point 'guard-metrics'",
        ),
    ],
)
def test_a_fault_is_found_in_its_line(tmp_path: Path, front: str, body: str, at: str, message: str) -> None:
    text = question_file(front, body)
    write_question(tmp_path, text=text)
    bank = Bank.load([tmp_path])
    assert not bank.faults

    found = graded(bank)

    assert [(one.line, one.message[: len(message)]) for one in found] == [(line_of(at, text), message)]


def test_a_good_question_has_no_fault(tmp_path: Path) -> None:
    write_question(tmp_path)

    assert graded(Bank.load([tmp_path])) == ()
