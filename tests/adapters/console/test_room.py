import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.console import open_console
from adapters.console.bodies import to_body, view_of
from adapters.console.records import Message
from adapters.console.room import Room
from bot.domain.round import MessageRef
from bot.ports import OutcomeUnknown, Post, Refused
from tests.adapters.console.samples import ANA, BEN, PLACE, QUESTION, REVEAL, ROUND, StillClock

BODY = to_body(QUESTION)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "room.jsonl"


@pytest.fixture
def room(path: Path) -> Iterator[Room]:
    opened = Room(path, StillClock())
    yield opened
    opened.close()


def ask(room: Room) -> MessageRef:
    return room.post(PLACE, ROUND, Post.QUESTION, BODY)


def write_by_hand(path: Path, text: bytes) -> None:
    with path.open("ab") as file:
        file.write(text)


def test_another_room_on_the_same_file_sees_everything(room: Room, path: Path) -> None:
    ref = ask(room)
    room.say(ref, ANA, "hello")

    other = Room(path, StillClock())

    assert [post.ref for post in other.posts(PLACE, ROUND, Post.QUESTION)] == [ref]
    assert [message.text for message in other.thread(PLACE, ROUND)] == ["hello"]
    other.close()


def test_half_a_line_of_a_killed_process_is_never_seen_and_the_next_append_cuts_it_off(room: Room, path: Path) -> None:
    ref = ask(room)
    write_by_hand(path, b'{"id": "2", "kind": "post", "pla')

    assert len(room.posts(PLACE, ROUND, Post.QUESTION)) == 1
    second = ask(room)

    assert [post.ref for post in room.posts(PLACE, ROUND, Post.QUESTION)] == [ref, second]
    assert path.read_bytes().count(b"\n") == 2
    assert b'"pla{' not in path.read_bytes()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[]",
        b'{"kind": "dance"}',
        b'{"kind": "amend", "of": "1", "text": "x", "at": 1}',
        b'{"kind": "message", "id": "7", "post": "99", "member": "m", "text": "x", "at": 1}',
        b'{"kind": "delete", "of": "99", "at": 1}',
    ],
)
def test_a_line_that_is_not_ours_is_left_out(room: Room, path: Path, line: bytes) -> None:
    ref = ask(room)
    write_by_hand(path, line + b"\n")

    later = ask(room)

    assert [post.ref for post in room.posts(PLACE, ROUND, Post.QUESTION)] == [ref, later]


def test_a_message_cannot_be_given_a_view(room: Room, path: Path) -> None:
    ref = ask(room)
    message = said(room.say(ref, ANA, "hello"))

    room.edit(MessageRef(message.id), BODY)
    write_by_hand(path, b'{"kind": "edit", "of": "2", "body": {}, "at": 1}\n')

    assert room.thread(PLACE, ROUND) == [message]


def test_versions_ascend_even_when_the_clock_goes_back(path: Path) -> None:
    clock = StillClock()
    room = Room(path, clock)
    ref = ask(room)
    first = said(room.say(ref, ANA, "one"))

    clock.go(hours=-1)
    second = said(room.amend(PLACE, ANA, "two"))

    assert second.version > first.version
    assert (first.edits, second.edits) == (0, 1)
    room.close()


def test_editing_and_withdrawing_take_the_member_s_last_message_that_is_left(room: Room) -> None:
    ref = ask(room)
    for member, text in ((ANA, "one"), (ANA, "two"), (BEN, "three")):
        room.say(ref, member, text)

    assert said(room.withdraw(PLACE, ANA)).deleted
    assert said(room.amend(PLACE, ANA, "first")).text == "first"

    assert [message.text for message in room.thread(PLACE, ROUND) if not message.deleted] == ["first", "three"]


def test_there_is_nothing_to_edit_or_withdraw_without_a_message_and_nowhere_to_write_without_a_post(room: Room) -> None:
    ref = ask(room)
    room.delete(PLACE, ref)

    assert room.say(ref, ANA, "hello") is None
    assert room.amend(PLACE, ANA, "hello") is None
    assert room.withdraw(PLACE, ANA) is None


def test_what_was_written_under_a_second_post_of_the_round_is_not_lost_with_it(room: Room) -> None:
    kept, second = ask(room), ask(room)
    room.say(second, BEN, "there")
    room.say(kept, ANA, "here")

    room.delete(PLACE, second)

    assert [message.text for message in room.thread(PLACE, ROUND)] == ["there", "here"]


def test_any_text_survives_and_what_is_not_unicode_is_replaced(room: Room, path: Path) -> None:
    ref = ask(room)
    texts = ["a\nb\r\n\x1b[31m\x00", "\u2028 \u202e שלום 🧪", 'KEYS[1] " \\']

    for text in texts:
        room.say(ref, ANA, text)
    room.say(ref, ANA, "lone \ud800 surrogate")

    assert [message.text for message in room.thread(PLACE, ROUND)] == [*texts, "lone ? surrogate"]
    assert path.read_bytes().count(b"\n") == 5


def test_views_come_back_as_they_were_posted(room: Room) -> None:
    room.post(PLACE, ROUND, Post.QUESTION, to_body(QUESTION))
    room.post(PLACE, ROUND, Post.REVEAL, to_body(REVEAL))

    found = [room.latest(PLACE, post) for post in Post]

    assert [view_of(post) for post in found if post] == [QUESTION, REVEAL]


def test_an_edit_that_changes_nothing_writes_nothing(room: Room, path: Path) -> None:
    ref = ask(room)
    before = path.stat().st_size

    room.edit(ref, BODY)

    assert path.stat().st_size == before


def test_only_what_is_new_is_read_however_long_the_history(room: Room, path: Path) -> None:
    for _ in range(2_000):
        ask(room)
    read: list[int] = []
    news = room._log.news

    def counted() -> list[bytes]:
        lines = news()
        read.append(len(lines))
        return lines

    room._log.news = counted  # type: ignore[method-assign]
    ask(room)

    assert sum(read) == 1
    assert len(room.posts(PLACE, ROUND, Post.QUESTION)) == 2_001


def test_a_room_in_memory_works_alike_and_leaves_no_file(tmp_path: Path) -> None:
    room = Room(None, StillClock())

    ref = ask(room)

    assert [post.ref for post in room.posts(PLACE, ROUND, Post.QUESTION)] == [ref]
    assert list(tmp_path.iterdir()) == []
    room.close()
    room.close()


async def test_a_full_disk_leaves_the_outcome_unknown_so_that_it_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"
    path.symlink_to("/dev/full")
    async with open_console(path, StillClock()) as chat:
        with pytest.raises(OutcomeUnknown, match="No space left"):
            await chat.post_question(QUESTION)


async def test_a_file_that_was_removed_is_a_refusal_for_only_a_person_can_put_it_right(path: Path) -> None:
    async with open_console(path, StillClock()) as chat:
        await asyncio.to_thread(path.unlink)

        with pytest.raises(Refused, match="No such file"):
            await chat.post_question(QUESTION)


async def test_the_folder_is_made_and_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "room.jsonl"

    async with open_console(path, StillClock()) as chat:
        await chat.post_question(QUESTION)

    assert permissions(path) == 0o600


def said(message: Message | None) -> Message:
    assert message
    return message


def permissions(path: Path) -> int:
    return path.stat().st_mode & 0o777
