"""What a process remembers of its own: for a while, and not more than there is room for."""

from datetime import UTC, datetime

from adapters.discord.inbound import drafts
from adapters.discord.inbound.drafts import KEPT_SECONDS, Draft, Drafts
from adapters.discord.inbound.heard import Ear, Heard
from bot.domain.ids import MemberId, RoundId
from bot.views import FormView

ANA, BEN = MemberId("discord:1:2"), MemberId("discord:1:3")
ROUND = RoundId("discord:1:4:2025-03-03")
FORM = FormView(round=ROUND, text="Why?", reveals_at=datetime(2025, 3, 3, tzinfo=UTC), present="what stands")


def test_a_draft_is_its_writer_s_alone_and_for_that_form() -> None:
    kept = Drafts(lambda: 0.0)
    kept.keep(ANA, "answer", Draft(text="half an answer"))

    assert kept.over(FORM, ANA, "answer") != FORM
    assert kept.over(FORM, BEN, "answer") == FORM
    assert kept.over(FORM, ANA, "another") == FORM


def test_a_draft_is_gone_after_a_quarter_of_an_hour_or_once_it_was_taken() -> None:
    now = 0.0
    kept = Drafts(lambda: now)
    kept.keep(ANA, "answer", Draft(text="half an answer"))
    now = KEPT_SECONDS + 1
    assert kept.over(FORM, ANA, "answer") == FORM

    kept.keep(ANA, "answer", Draft(text="half an answer"))
    kept.drop(ANA, "answer")
    assert kept.over(FORM, ANA, "answer") == FORM


def test_words_that_nobody_can_get_any_more_are_held_by_nobody() -> None:
    now = 0.0
    kept = Drafts(lambda: now)
    kept.keep(ANA, "answer", Draft(text="half an answer"))
    now = KEPT_SECONDS + 1

    kept.of(BEN, "answer")

    assert "half an answer" not in repr(kept)


def test_there_is_room_for_so_many_drafts_and_the_oldest_goes_first() -> None:
    kept = Drafts(lambda: 0.0)
    for number in range(drafts._MOST + 1):
        kept.keep(MemberId(f"discord:1:{number}"), "answer", Draft(text="half an answer"))

    assert kept.of(MemberId("discord:1:0"), "answer") is None
    assert kept.of(MemberId("discord:1:1"), "answer")


def test_of_messages_the_last_ones_are_remembered() -> None:
    ear = Ear(most=2)
    for id_ in ("1", "2", "1", "3"):
        ear.remember(id_, Heard(channel="4", member=ANA, round=ROUND, version=1))

    assert [id_ for id_ in "123" if ear.of(id_)] == ["1", "3"]
