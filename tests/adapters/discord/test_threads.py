"""Which messages are replies, and what they say."""

from typing import Any

import pytest

from adapters.discord.threads import Reading
from bot.domain.ids import RoundId
from bot.domain.reply import Reply, Via

BOT, POST, CHANNEL, ANA, BEN = "7", "100", "17", "21", "22"
ROUND = RoundId("discord:1:17:2026-11-23")
PING = [{"id": BOT, "username": "studybot"}]
ALL, PINGED = Reading(user=BOT, content=True), Reading(user=BOT, content=False)


def said(content: str = "because of skew", **more: Any) -> dict[str, Any]:
    return {
        "id": "101",
        "channel_id": CHANNEL,
        "author": {"id": ANA, "username": "ana"},
        "type": 19,
        "content": content,
        "timestamp": "2026-11-23T09:00:00.250000+00:00",
        "edited_timestamp": None,
        "message_reference": {"message_id": POST, "channel_id": CHANNEL},
        "mentions": [],
        **more,
    }


def reply(**more: Any) -> Reply:
    read = ALL.reply_of(said(**more), team="1", round_=ROUND)
    assert read
    return read


@pytest.mark.parametrize(
    ("message", "with_content", "without"),
    [
        (said(""), True, False),
        (said(), True, True),
        (said(mentions=PING), True, True),
        (said("", mentions=[{"id": BEN}]), True, False),
        (said(mentions=PING, message_reference={"message_id": "99"}), False, False),
        (said(mentions=PING, type=0, message_reference=None), False, False),
        (said(mentions=PING, type=0, message_reference={"message_id": POST, "type": 1}), False, False),
        (said(type=0, channel_id=POST, message_reference=None), True, False),
        (said(type=21, channel_id=POST, message_reference={"message_id": POST}), False, False),
        (said(mentions=PING, author={"id": "9", "bot": True}), False, False),
        (said(mentions=PING, webhook_id="5"), False, False),
    ],
    ids=["reply", "shown", "ping", "of-others", "elsewhere", "plain", "forward", "thread", "starter", "bot", "webhook"],
)
def test_what_counts_is_a_reply_that_can_be_read(message: dict[str, Any], with_content: bool, without: bool) -> None:
    assert (ALL.is_under(message, POST), PINGED.is_under(message, POST)) == (with_content, without)


def test_a_message_is_known_by_its_id_and_each_of_its_edits_is_another_delivery() -> None:
    first, edited = reply(), reply(edited_timestamp="2026-11-23T09:01:00.500000+00:00")

    assert (first.member, first.via, first.part, first.text) == ("discord:1:21", Via.THREAD, "101", "because of skew")
    assert (first.delivery, first.version) == ("17:101:0", 1_795_424_400_250_000)
    assert (edited.delivery, edited.version) == ("17:101:1795424460500", 1_795_424_460_500_000)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<@{BOT}> because", "because"),
        (f"ask <@{BEN}> or <@!23>", "ask @Ben B or @23"),
        ("in <#18>, <@&19>", "in #18, @19"),
        ("good <:yes:123> <a:wave:45>", "good :yes: :wave:"),
        ("</quiz answer:12>", "/quiz answer"),
        ("a < b > c <https://example.org>", "a < b > c <https://example.org>"),
        ("**bold** `code`", "**bold** `code`"),
    ],
)
def test_a_text_is_as_it_was_typed(content: str, text: str) -> None:
    assert reply(content=content, mentions=[*PING, {"id": BEN, "username": "ben", "global_name": "Ben B"}]).text == text


def test_a_message_of_which_nothing_is_shown_cannot_be_read() -> None:
    assert not ALL.can_read(said(""))
    assert ALL.can_read(said("", attachments=[{"id": "1"}]))
    assert ALL.can_read(said("", mentions=PING))
    assert ALL.can_read(said())
