import pytest

from adapters.grading.likeness import Standard
from bot.domain.reply import MAX_REPLY

QUESTION = "Why do we retrain a model that has gone stale?"
ANSWER = "The distribution of the inputs drifts, so accuracy decays. Fresh labels let it follow customers again."
GOOD = (
    "Inputs drift away from the training distribution and the accuracy decays; with fresh labels it follows customers."
)
PART = "The accuracy decays over time."
STANDARD = Standard(QUESTION, ANSWER)


def test_more_of_the_answer_is_worth_more() -> None:
    good, part, none = (STANDARD.likeness(reply) for reply in (GOOD, PART, "It is cheaper on Sundays."))

    assert 1 >= STANDARD.likeness(ANSWER) > good > part > none == 0


@pytest.mark.parametrize("reply", [GOOD, PART, ANSWER])
def test_talk_about_other_things_gains_nothing(reply: str) -> None:
    padded = f"{reply} Pizza is best when the oven is hot. My train was late this morning."

    assert STANDARD.likeness(padded) < STANDARD.likeness(reply)


def test_the_same_again_gains_next_to_nothing() -> None:
    assert STANDARD.likeness(f"{PART} {PART} {PART}") <= STANDARD.likeness(PART) + 0.05


def test_words_of_the_question_are_worth_little() -> None:
    standard = Standard("Why does the accuracy decay?", ANSWER)

    assert standard.likeness("Accuracy decays.") < standard.likeness("Inputs drift.")


def test_another_accepted_answer_counts_as_much_as_the_model_answer() -> None:
    other = "Reality moves on while weights are frozen, thus predictions worsen until somebody trains again."

    assert STANDARD.likeness(other) < 0.2
    assert Standard(QUESTION, ANSWER, [other]).likeness(other) > 0.9


def test_what_accepted_answers_have_in_common_counts_more_than_what_one_says_by_the_way() -> None:
    accepted = ["Inputs drift, on Tuesdays.", "The inputs drift, says Ann.", "There is drift of inputs, I guess."]
    standard = Standard(QUESTION, ANSWER, accepted)

    assert standard.likeness("inputs drift") > standard.likeness("Tuesdays, Ann")


@pytest.mark.parametrize("reply", ["", "\x00", "…", "the of and", "\udcff", "🙂" * 50])
def test_nothing_is_worth_nothing(reply: str) -> None:
    assert STANDARD.likeness(reply) == 0


def test_what_lies_beyond_the_longest_reply_is_not_looked_at() -> None:
    assert STANDARD.likeness("so " * (MAX_REPLY // 3) + GOOD) == 0


def test_an_answer_without_words_is_like_nothing() -> None:
    assert Standard("", "").likeness(GOOD) == 0
    assert Standard("", "", ["", "…"]).likeness(GOOD) == 0
