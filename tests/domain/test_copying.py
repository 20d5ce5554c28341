from dataclasses import replace

import pytest

from bot.domain.copying import Wall, digest
from bot.domain.ids import MemberId
from bot.domain.reply import StandingReply
from tests.world import ANA, BEN, question

ORIGINAL = (
    "I would first compare the inputs with those of last week, then ask for labels, and retrain only when both agree."
)
SLIP = ORIGINAL.replace("last week", "a week before")
NOT_SO = ORIGINAL.replace("and retrain", "and never retrain")
PADDED = f"{ORIGINAL} Besides, somebody should look after the dashboards that nobody reads, and find out who owns the pipeline."
RESTATED = "What would you look at first when thing number 0 goes wrong, and why?"


def wall_of(replies: list[StandingReply]) -> Wall:
    made = Wall(question())
    for one in sorted((one for one in replies if one.visible), key=lambda one: one.since):
        made.add(one)
    return made


def reply(text: str, at: int, *, member: MemberId = BEN, visible: bool = True, begun: int = 0) -> StandingReply:
    parts = (f"{begun or at}",) if visible else ("form",)
    return StandingReply(member=member, text=text, version=at, since=at, visible=visible, parts=parts)


@pytest.mark.parametrize(
    ("text", "copied"),
    [(ORIGINAL, True), (ORIGINAL.upper(), True), (SLIP, True), (NOT_SO, False), (PADDED, False), ("", False)],
)
@pytest.mark.parametrize("visible", [True, False])
def test_what_nearly_repeats_an_earlier_open_reply_is_a_copy(text: str, copied: bool, visible: bool) -> None:
    first, second = reply(ORIGINAL, 1, member=ANA), reply(text, 2, visible=visible)
    wall = wall_of([first, second])

    assert wall.is_copied_by(second) is copied
    assert not wall.is_copied_by(first)


def test_what_nobody_could_read_or_one_wrote_oneself_is_copied_by_nobody() -> None:
    private, later = reply(ORIGINAL, 1, member=ANA, visible=False), reply(ORIGINAL, 3, member=ANA)
    own = reply(ORIGINAL, 2, member=ANA)

    assert not wall_of([private]).is_copied_by(reply(ORIGINAL, 2))
    assert not wall_of([later]).is_copied_by(reply(ORIGINAL, 2))
    assert not wall_of([own]).is_copied_by(later)


def test_what_was_heard_of_only_after_its_edit_is_as_old_as_its_place_in_the_thread() -> None:
    """Ana's message is of 1 and was edited at 5, unheard; Ben's copy is of 3."""
    mended, copy = reply(ORIGINAL, 5, member=ANA, begun=1), reply(ORIGINAL, 3)

    assert not wall_of([mended, copy]).is_copied_by(mended)


def test_whoever_keeps_a_place_with_other_words_is_the_later_one_all_the_same() -> None:
    first, reserved = reply(ORIGINAL, 3, member=ANA), replace(reply(ORIGINAL, 5, begun=1), reworded=True)

    assert wall_of([first, reserved]).is_copied_by(reserved)


def test_a_digest_stays_mostly_the_same_over_a_slip_and_does_not_over_other_words() -> None:
    digests = [set(digest(text).split()) for text in (ORIGINAL, SLIP, RESTATED)]

    assert len(digests[0] & digests[1]) > 8
    assert len(digests[0] & digests[2]) < 8
    assert len(digests[0]) == 16


def test_two_people_may_say_one_short_thing_in_nearly_the_same_words() -> None:
    wall = wall_of([reply("a canary limits how many users meet a fault", 1, member=ANA)])

    assert not wall.is_copied_by(reply("a canary limits how many people meet a fault", 2))
    assert wall.is_copied_by(reply("A canary limits how many users meet a fault!", 2))
    assert not wall_of([reply("blue green", 1, member=ANA)]).is_copied_by(reply("blue green", 2))


def test_that_both_say_the_question_again_is_no_copy() -> None:
    wall = wall_of([reply(f"{RESTATED} The logs, since they tell the time of it.", 1, member=ANA)])

    assert not wall.is_copied_by(reply(f"{RESTATED} The metrics, because everyone can read them.", 2))
