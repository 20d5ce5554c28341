import pytest

from bot import wording
from bot.domain.reply import MAX_REPLY, ReceiptState
from tests.world import TODAY


@pytest.mark.parametrize("state", ReceiptState)
def test_every_receipt_has_a_sentence(state: ReceiptState) -> None:
    assert wording.replies.receipt(state).endswith((".", ".."))


def test_the_first_to_reply_is_told_so_and_nobody_is_told_of_nobody() -> None:
    said = [wording.replies.receipt(ReceiptState.ACCEPTED, repliers) for repliers in (0, 1, 2)]

    assert [text.rpartition("until the reveal.")[2] for text in said] == [
        "",
        " You are the first.",
        " 2 people have replied so far.",
    ]


def test_a_reply_that_is_too_long_is_told_the_limit() -> None:
    assert f"at most {MAX_REPLY:,}" in wording.replies.receipt(ReceiptState.TOO_LONG, length=12_345)
    assert "12,345" in wording.replies.receipt(ReceiptState.TOO_LONG, length=12_345)


def test_a_round_in_the_way_is_named_to_people_by_its_day() -> None:
    assert wording.programmes.in_the_way(TODAY).startswith("The question of Mon 03 Mar is still open here.")


def test_a_question_without_hints_is_said_to_have_none() -> None:
    assert wording.replies.no_such_hint(0) == wording.replies.NO_HINTS


def test_reasons_are_given_where_there_are_any() -> None:
    assert wording.programmes.paused("holidays").endswith("(Reason: holidays)")
    assert "Reason" not in wording.programmes.paused("")
    assert wording.programmes.no_question([]).endswith("(all) and levels")


def test_every_command_that_help_names_is_one_that_the_desk_knows() -> None:
    named = {words.split()[0].rstrip(",") + " " + words.split()[1].rstrip(",") for words, _ in wording.desk.HELP}

    assert {"/quiz answer", "/quiz ask", "/quiz grade", "/quiz leaderboard", "/quiz help", "/quiz-admin setup"} <= named
