import pytest

from bot.domain.copying import Wall, digest, messages
from bot.domain.ids import MemberId
from bot.domain.reply import FORM, Part, StandingReply, standing
from tests.world import ANA, BEN, question, who

ORIGINAL = (
    "I would first compare the inputs with those of last week, then ask for labels, and retrain only when both agree."
)
SLIP = ORIGINAL.replace("last week", "a week before")
NOT_SO = ORIGINAL.replace("and retrain", "and never retrain")
PADDED = f"{ORIGINAL} Besides, somebody should look after the dashboards that nobody reads, and find out who owns the pipeline."
LONG = (
    "The first thing is to compare what comes in today with the weeks before, since most such faults begin upstream, and then to ask "
    "whether labels have arrived already. Until somebody has seen both of them we leave the old version where it is and write down "
    "who looked at what, when, and how it turned out for everyone."
)
RESTATED = "What would you look at first when thing number 0 goes wrong, and why?"


def wall_of(replies: list[StandingReply]) -> Wall:
    made = Wall(question())
    said = [one for reply in replies for one in messages(reply) if one.is_open]
    for one in sorted(said, key=lambda one: one.since):
        made.add(one)
    return made


def said(*parts: tuple[str, str, int], member: MemberId = BEN, reworded: bool = False) -> StandingReply:
    """Make the reply of who said so many things: each with a name, a text and the version that first said it."""
    made = standing(
        member, {name: Part(text=text, version=at, since=at, reworded=reworded) for name, text, at in parts}
    )
    assert made
    return made


def reply(text: str, at: int, *, member: MemberId = BEN, visible: bool = True, begun: int = 0) -> StandingReply:
    return said((f"{begun or at}" if visible else FORM, text, at), member=member)


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
    first, reserved = reply(ORIGINAL, 3, member=ANA), said(("1", ORIGINAL, 5), reworded=True)

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


@pytest.mark.parametrize("every", [6, 7, 8])
def test_a_copy_with_a_word_in_six_changed_is_one(every: int) -> None:
    changed = " ".join("thing" if at % every == 2 else word for at, word in enumerate(LONG.split()))

    assert wall_of([reply(LONG, 1, member=ANA)]).is_copied_by(reply(changed, 2))


@pytest.mark.parametrize("put_before", ["Yes!", "No doubt:", "That is true."])
def test_a_long_copy_with_a_yes_or_a_no_before_it_is_one(put_before: str) -> None:
    assert wall_of([reply(LONG, 1, member=ANA)]).is_copied_by(reply(f"{put_before} {LONG}", 2))


def test_a_yes_before_a_short_copy_makes_nothing_else_of_it_and_a_no_does() -> None:
    wall = wall_of([reply(ORIGINAL, 1, member=ANA)])

    assert [wall.is_copied_by(reply(f"{word} {ORIGINAL}", 2)) for word in ("Yes,", "No:")] == [True, False]


@pytest.mark.parametrize("letters", ["\u200c", "\u00ad", "\u034f", "\ufe0f"])
def test_letters_that_show_nothing_make_no_other_words(letters: str) -> None:
    hidden = " ".join(word[:2] + letters + word[2:] for word in LONG.split())

    assert wall_of([reply(LONG, 1, member=ANA)]).is_copied_by(reply(hidden, 2))


def test_letters_that_look_alike_make_no_other_words() -> None:
    cyrillic = LONG.translate(str.maketrans("aeopcxy", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443"))
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isalpha() else one for one in LONG)

    for text in (cyrillic, wide):
        assert wall_of([reply(LONG, 1, member=ANA)]).is_copied_by(reply(text, 2))


def test_whoever_moves_to_the_form_after_having_been_copied_was_still_the_first() -> None:
    ana, copy = said(("1", LONG, 1), (FORM, LONG, 3), member=ANA), reply(LONG, 2)
    wall = wall_of([ana, copy])

    assert not wall.is_copied_by(ana)
    assert wall.is_copied_by(copy)


def test_an_open_message_is_there_to_be_copied_though_another_reply_of_its_writer_counts() -> None:
    ana = said(("1", LONG, 1), (FORM, ORIGINAL, 2), member=ANA)

    assert wall_of([ana]).is_copied_by(reply(LONG, 3, visible=False))


def test_what_is_added_later_makes_what_was_said_first_no_younger() -> None:
    ana, copy = said(("1", LONG, 1), ("4", f"{ORIGINAL} {PADDED}", 4), member=ANA), reply(LONG, 2)
    wall = wall_of([ana, copy])

    assert wall.is_copied_by(copy)
    assert not wall.is_copied_by(ana)


def test_several_messages_can_be_copied_in_one_and_one_in_several() -> None:
    words = LONG.split()
    halves = (("1", " ".join(words[:9]), 1), ("2", " ".join(words[9:]), 2))
    ana, copy = said(*halves, member=ANA), reply(LONG, 3)
    wall = wall_of([ana, copy])

    assert wall.is_copied_by(copy)
    assert not wall.is_copied_by(ana)
    assert wall_of([reply(LONG, 0, member=ANA)]).is_copied_by(said(*halves))


def test_a_copy_is_one_although_others_had_said_some_of_its_words_before() -> None:
    words = LONG.split()
    others = [
        reply(" ".join(words[at : at + 4]), at + 1, member=who(f"m{at}")) for at in range(0, len(words), 8)
    ]  # about half of all pairs
    changed = " ".join("thing" if at % 8 == 2 else word for at, word in enumerate(words))

    assert wall_of([*others, reply(LONG, 100, member=ANA)]).is_copied_by(reply(changed, 101))
