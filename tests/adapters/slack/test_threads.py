"""Thread messages as replies: documented payloads in, Reply values out."""

from typing import Any

import pytest

from adapters.slack.threads import plain, reply_of
from bot.domain.ids import RoundId, member_id
from bot.domain.reply import Reply, Via

ROUND = RoundId("slack:T024:C17:2026-11-23")
MEMBER = member_id("slack", "T024", "U1")
MESSAGE = {
    "client_msg_id": "4f5b1cd3-7dd5-4f2a-9f0c-d2f3a4b5c6d7",
    "type": "message",
    "text": "first find the cause",
    "user": "U1",
    "ts": "1795431700.000200",
    "team": "T024",
    "thread_ts": "1795431600.000100",
    "parent_user_id": "U0BOT",
}


def read(**changes: Any) -> Reply | None:
    return reply_of({**MESSAGE, **changes}, channel="C17", team="T024", round_=ROUND)


def test_a_thread_message_is_a_reply_of_its_writer() -> None:
    assert read() == Reply(
        round=ROUND,
        member=MEMBER,
        text="first find the cause",
        via=Via.THREAD,
        delivery="C17:1795431700.000200:0",
        version=1795431700000200,
        part="1795431700.000200",
    )


def test_an_edited_message_is_a_later_delivery_of_the_same_part() -> None:
    edited = read(text="better", edited={"user": "U1", "ts": "1795431800.000000"})

    assert edited is not None
    assert (edited.part, edited.delivery) == ("1795431700.000200", "C17:1795431700.000200:1795431800.000000")
    assert edited.version == 1795431800000000


def test_a_guest_of_a_shared_channel_is_a_member_of_the_place_s_team() -> None:
    guest = read(user="U9", team="T999", user_team="T999")

    assert guest is not None
    assert guest.member == "slack:T024:U9"


@pytest.mark.parametrize(
    "changes",
    [
        {"ts": MESSAGE["thread_ts"]},
        {"thread_ts": None},
        {"bot_id": "B042"},
        {"subtype": "bot_message", "bot_id": "B1", "user": None},
        {"subtype": "channel_join"},
        {"subtype": "tombstone", "user": "USLACKBOT"},
        {"user": None},
    ],
    ids=["the post itself", "no thread", "a bot", "an old bot", "who joined", "what was deleted", "nobody"],
)
def test_what_no_person_wrote_into_the_thread_is_no_reply(changes: dict[str, Any]) -> None:
    assert read(**changes) is None


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share", "me_message"])
def test_a_message_with_a_file_or_also_sent_to_the_channel_counts(subtype: str) -> None:
    assert read(subtype=subtype) is not None


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &lt; b &amp;&amp; b &gt; c", "a < b && b > c"),
        ("&amp;lt; stays", "&lt; stays"),
        ("ask <@U1> or <@U2|ben>", "ask @U1 or @ben"),
        ("in <#C17|general> and <#C18>", "in #general and #C18"),
        ("<!here> <!subteam^S1|@leads> <!subteam^S2>", "@here @leads @subteam"),
        ("see <https://example.org/x>", "see https://example.org/x"),
        ("see <http://example.org|example.org>", "see example.org"),
        ("see <https://example.org/x|the page>", "see the page (https://example.org/x)"),
    ],
)
def test_text_is_read_as_it_was_typed(sent: str, typed: str) -> None:
    assert plain(sent) == typed
