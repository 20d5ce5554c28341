"""Whatever a view holds, Discord takes it, and nothing that people wrote does anything."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from discord.components import _component_factory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord.forms import Decided
from adapters.discord.views import (
    Message,
    answer_modal,
    appeal_modal,
    empty_answer_modal,
    faults_message,
    grade_modal,
    hint_message,
    payload,
    practice_grade_modal,
    practice_modal,
    private_message,
    question_message,
    reveal_message,
    review_modal,
)
from bot.domain.ids import last_part, member_id
from bot.ports import SetupRequest
from bot.views import (
    AnswerView,
    FormView,
    GradeView,
    NextQuestionView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    QuestionView,
    RevealView,
    ReviewItem,
    ReviewView,
    SetupFaultsView,
)
from tests.adapters.discord.limits import TEXT, message_faults, modal_faults, walk
from tests.adapters.discord.samples import PLACE, ROUND
from tests.adapters.values import Values

MEMBERS = [member_id("discord", "1100000000000000011", str(3 * 10**17 + number)) for number in range(500)]
NASTY = (
    "@everyone @here <@666> <@!666> <@&666> <#666> </evil:666> <id:guide> <t:666:R> <:evil:666> <a:evil:666> :smile: "
    "[evil](https://evil.example) [evil](<https://evil.example>) https://evil.example <https://evil.example> "
    "**evil** __evil__ *evil* _evil_ ~~evil~~ ||evil|| `evil` ``evil`` ```evil``` \\*evil\\* \\\\*evil* discord.gg/evil\n"
    "# evil\n## evil\n-# evil\n- evil\n+ evil\n* evil\n  - evil\n1. evil\n12. evil\n> evil\n>>> evil\n```\nevil\n```"
)
VALUES = Values(place=PLACE, members=MEMBERS, nasty=NASTY)
MESSAGES: dict[type[Any], Callable[[Any], list[Message]]] = {
    QuestionView: lambda view: [question_message(view)],
    RevealView: lambda view: [reveal_message(view)],
    **dict.fromkeys(get_args(PrivateView), private_message),
    ReviewView: lambda view: private_message(told_apart(view)),
    SetupFaultsView: lambda view: [faults_message(view), faults_message(view, SetupRequest(zone=view.text), 2)],
}
MODALS: dict[str, tuple[type[Any], Callable[[Any], dict[str, Any]]]] = {
    "answer": (FormView, answer_modal),
    "empty answer": (NoticeView, lambda view: empty_answer_modal(ROUND, view.text)),
    "grade": (GradeView, grade_modal),
    "appeal": (GradeView, appeal_modal),
    "review": (ReviewItem, lambda item: decision(item, None)),
    "review again": (ReviewItem, lambda item: decision(item, written(item.reason))),
    "practice": (PracticeView, practice_modal),
    "practice grade": (PracticeGradeView, practice_grade_modal),
}
slowly = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
with_points = {"GradeView", "PracticeGradeView"}
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_OURS = re.compile(r"<t:(?!666)-?\d+:[fR]>")
_LIVE = re.compile(
    r"https?://evil|\]\(|@everyone|@here|<(?:@|#|/|id:|t:|:|a:)\S*(?:666|guide)|\|\||~~|`|__|\*evil|_evil|:\w+:"
)
_AT_LINE_START = re.compile(r"^ *(?:#{1,3}|-#|[-+*]|\d+\.|>{1,3}) evil", re.MULTILINE)


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_no_message_is_refused_for_its_size(kind: type[Any]) -> None:
    @slowly
    @given(VALUES.any_of(kind))
    def taken(view: Any) -> None:
        for one in MESSAGES[kind](view):
            assert faults_of(one) == []

    taken()


@pytest.mark.parametrize("name", MODALS)
def test_no_form_is_refused_for_its_size(name: str) -> None:
    kind, draw = MODALS[name]

    @slowly
    @given(VALUES.any_of(kind).filter(has_points))
    def taken(view: Any) -> None:
        modal = draw(view)
        assert modal_faults(modal) == []
        assert parsed(modal["components"])

    taken()


@pytest.mark.parametrize("character", ["x", "x ", "漢", "🧪", "&", "*", "**a** ", "a\n- ", "`"])
@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_no_message_is_refused_with_as_much_as_there_can_be_of_everything(kind: type[Any], character: str) -> None:
    view = VALUES.fullest(kind, (character * 3_000)[:3_000])

    for one in MESSAGES[kind](view):
        assert faults_of(one) == []


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_nothing_that_people_wrote_becomes_a_mention_a_link_or_formatting(kind: type[Any]) -> None:
    @slowly
    @given(VALUES.any_of(kind, texts=st.just(NASTY)).map(with_plain_answers))
    def harmless(view: Any) -> None:
        for one in MESSAGES[kind](view):
            for text in texts(one):
                # Links to sources are the bank's; code, in which nothing acts, has no backtick of its own.
                shown = without_links(without_code(_OURS.sub("", _ESCAPED.sub("■", text))))
                assert not _LIVE.search(shown.replace("**", ""))
                assert not _AT_LINE_START.search(unquoted(shown))
                assert set(re.findall(r"<[@#](\d+)>", shown)) <= {*map(last_part, MEMBERS), last_part(PLACE)}

    harmless()


@given(text=st.text(max_size=3_000), number=st.integers(1, 3))
def test_no_hint_is_refused_for_its_size(text: str, number: int) -> None:
    assert faults_of(hint_message(NoticeView(text=f"Hint: {text}"), f"hint:{ROUND} {number} 3")) == []


def faults_of(one: Message) -> list[str]:
    assert parsed(one.components)
    return message_faults(payload(one))


def parsed(components: list[dict[str, Any]]) -> bool:
    """Whether discord.py reads every component, and gives it back with all that is in it."""
    return all(_is_kept(one, _component_factory(one).to_dict()) for one in components)  # type: ignore[arg-type,union-attr]


def _is_kept(drawn: Any, read: Any) -> bool:
    if isinstance(drawn, dict):
        return all(
            _is_kept(value, read.get(name, False if name == "default" else None)) for name, value in drawn.items()
        )
    if isinstance(drawn, list):
        return len(drawn) == len(read) and all(map(_is_kept, drawn, read))
    return bool(drawn == read) or str(drawn) == str(read)


def has_points(view: Any) -> bool:
    """Whether there is something to tick, as in every question of the bank."""
    return type(view).__name__ not in with_points or bool(view.points)


def told_apart(view: ReviewView) -> ReviewView:
    """No two that wait are called the same."""
    return replace(view, items=tuple(replace(one, id=f"{number:08x}") for number, one in enumerate(view.items)))


def decision(item: ReviewItem, before: Decided | None) -> dict[str, Any]:
    form = review_modal(ReviewView(place=PLACE, notice="", items=(item,)), before)
    assert form
    return form


def written(text: str) -> Decided:
    return Decided(accept=False, reason=text, point=2, passage=text)


def with_plain_answers(view: Any) -> Any:
    """The bank's Markdown is meant: its tests are with those of Markdown."""
    return (
        replace(view, model_answer="Plain.") if isinstance(view, RevealView | AnswerView | NextQuestionView) else view
    )


def texts(one: Message) -> Iterator[str]:
    yield from (part["content"] for part in walk(one.components) if part.get("type") == TEXT)


def unquoted(text: str) -> str:
    """A quote of ours without its marks: they stand before every line of it."""
    lines = [line for line in text.split("\n") if not line.startswith("### ")]
    return text if not all(line.startswith("> ") for line in lines) else "\n".join(line[2:] for line in lines)


def without_code(text: str) -> str:
    return re.sub(r"`` [^\n]*? ``|`[^`\n]+`", "", text)


def without_links(text: str) -> str:
    return re.sub(r"\[[^\[\]]*\]\(https://example\.org/x*\)", "", text)
