"""Whatever a view holds, Slack takes it, and nothing that people wrote does anything."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.views import (
    Message,
    answer_modal,
    appeal_modal,
    empty_answer_modal,
    grade_modal,
    hint_message,
    home_view,
    loading_modal,
    message_modal,
    practice_grade_modal,
    practice_modal,
    private_message,
    question_message,
    reveal_message,
    review_modal,
)
from bot.domain.ids import PlaceId, last_part, member_id, place_id
from bot.views import (
    FormView,
    GradeView,
    HomeView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    QuestionView,
    RevealView,
    ReviewView,
)
from tests.adapters.slack.limits import message_faults, view_faults, walk
from tests.adapters.values import PIECES, Values

PLACE = place_id("slack", "T024", "C17")
MEMBERS = [member_id("slack", "T024", f"U{number}") for number in range(500)]
NASTY = (
    "<!channel> <!here> <@U666> <#C666> <!subteam^S666> <https://evil.example|good> &lt;!channel&gt; @channel #general "
    "*bold* _it_ ~no~ `code` ```fence``` > quote & :smile: https://evil.example mailto:a@evil.example"
)
VALUES = Values(place=PLACE, members=MEMBERS, nasty=NASTY)
ROUND, any_of, fullest = VALUES.round, VALUES.any_of, VALUES.fullest

MESSAGES: dict[type[Any], Callable[[Any], list[Message]]] = {
    QuestionView: lambda view: [question_message(view)],
    RevealView: lambda view: [reveal_message(view), reveal_message(view, dict.fromkeys(MEMBERS, PIECES[2]))],
    **dict.fromkeys(get_args(PrivateView), private_message),
}
EMPTY: dict[str, Any] = loading_modal("x")
VIEWS: dict[str, tuple[type[Any], Callable[[Any], dict[str, Any]]]] = {
    "answer": (FormView, answer_modal),
    "grade": (GradeView, lambda view: grade_modal(view, PLACE)),
    "practice": (PracticeView, lambda view: practice_modal(view, PLACE)),
    "practice grade": (PracticeGradeView, lambda view: practice_grade_modal(view, PLACE)),
    "home": (HomeView, lambda view: home_view(of_several_places(view))),
    **{
        f"modal of {kind.__name__}": (kind, lambda view: message_modal("A rather long title of a modal", view, PLACE))
        for kind in get_args(PrivateView)
    },
    "appeal": (GradeView, lambda view: appeal_modal(view, PLACE)),
    "review": (ReviewView, lambda view: review_modal(replace(view, items=view.items[:1]), PLACE) or EMPTY),
    "empty answer": (NoticeView, lambda view: empty_answer_modal(ROUND, PLACE, view.text)),
    "loading": (NoticeView, lambda view: loading_modal(view.text)),
}
slowly = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_no_message_is_refused_for_its_size(kind: type[Any]) -> None:
    @slowly
    @given(any_of(kind))
    def taken(view: Any) -> None:
        for one in MESSAGES[kind](view):
            assert message_faults(one.text, one.blocks) == []
            for block in Block.parse_all(one.blocks):
                block.validate_json()

    taken()


@pytest.mark.parametrize("name", VIEWS)
def test_no_modal_or_page_is_refused_for_its_size(name: str) -> None:
    kind, draw = VIEWS[name]

    @slowly
    @given(any_of(kind))
    def taken(view: Any) -> None:
        drawn = draw(view)
        assert view_faults(drawn) == []
        View(**drawn).validate_json()

    taken()


@pytest.mark.parametrize("character", ["x", "x ", "漢", "🧪", "&", '"', "**a** ", "a\n- "])
@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_no_message_is_refused_with_as_much_as_there_can_be_of_everything(kind: type[Any], character: str) -> None:
    view = fullest(kind, (character * 3_000)[:3_000])

    for one in MESSAGES[kind](view):
        assert message_faults(one.text, one.blocks) == []


@pytest.mark.parametrize("kind", [*MESSAGES, HomeView], ids=lambda kind: kind.__name__)
def test_nothing_that_people_wrote_becomes_a_mention_a_link_or_formatting(kind: type[Any]) -> None:
    @slowly
    @given(any_of(kind, texts=st.just(NASTY)))
    def harmless(view: Any) -> None:
        for blocks, text in drawn(kind, view):
            assert not any("evil" in element["text"] for element in walk(blocks) if element.get("type") == "mrkdwn")
            assert {element["type"] for element in walk(blocks) if "type" in element}.isdisjoint(
                {"broadcast", "usergroup"}
            )
            assert mentioned(blocks) <= {last_part(member) for member in MEMBERS}
            assert not re.search(r"<(?![@#](U\d+|C17)>)", text)

    harmless()


def of_several_places(view: HomeView) -> HomeView:
    """A member is in each place once."""
    places = (replace(one, place=PlaceId(f"{PLACE}{number}")) for number, one in enumerate(view.places))
    return replace(view, places=tuple(places))


def drawn(kind: type[Any], view: Any) -> Iterator[tuple[list[dict[str, Any]], str]]:
    if kind is HomeView:
        yield home_view(view)["blocks"], ""
    else:
        yield from ((one.blocks, one.text) for one in MESSAGES[kind](view))


def mentioned(blocks: object) -> set[str]:
    return {element["user_id"] for element in walk(blocks) if element.get("type") == "user"}


@given(text=st.text(max_size=3_000), number=st.integers(1, 3))
def test_no_hint_is_refused_for_its_size(text: str, number: int) -> None:
    one = hint_message(NoticeView(text=f"Hint: {text}"), "hint", f"{ROUND} {number} 3")

    assert message_faults(one.text, one.blocks) == []
