"""Any value of a type, for Hypothesis: views of every size, with texts of every script and kind."""

import types
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bot.domain.ids import BOT, MemberId, PlaceId, RoundId, member_id, place_id, programme_of, round_id
from bot.domain.question import Level
from bot.domain.round import MessageRef
from bot.domain.score import Period

T = TypeVar("T")

PLACE = place_id("slack", "T024", "C17")
MEMBERS = [member_id("slack", "T024", f"U{number}") for number in range(500)]
ROUND = round_id(programme_of(PLACE), date(2026, 11, 23))
NASTY = (
    "<!channel> <!here> <@U666> <#C666> <!subteam^S666> <https://evil.example|good> &lt;!channel&gt; @channel #general "
    "*bold* _it_ ~no~ `code` ```fence``` > quote & :smile: https://evil.example mailto:a@evil.example"
)
_MOST = 12
PIECES = (
    NASTY,
    "word " * 120,
    "x" * 700,
    "漢字かな交じり" * 40,
    "שלום عليكم \u202eevil\u2066 ",
    "👩‍🔬🧪" * 60,
    '"\\\n' * 200,
    "\ud800\x00\x1b[2J",
    "- a\n- b\n\n1. c\n\n```\nd\n```\n",
)

_texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=5).map(lambda pieces: "".join(pieces)[:3_000]),
    st.integers(0, 3_000).map("x".__mul__),
)
_TABLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(0, 10_000),
    float: st.floats(0, 1),
    date: st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is named beside
    PlaceId: st.just(PLACE),
    RoundId: st.just(ROUND),
    MemberId: st.sampled_from(MEMBERS),
    MessageRef: st.just(MessageRef("C17:1.2")),
    Period: st.sampled_from(
        [Period(one) for one in ("day:2026-11-23", "week:2026-W48", "month:2026-11", "season:2026-Q4", "all")]
    ),
}
_slugs = st.from_regex("[a-z0-9-]{1,64}", fullmatch=True)
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "AnswerView.question": _slugs,
    "BoardView.scope": st.sampled_from([PLACE, "slack:T024"]),
    "ChangeLine.who": st.sampled_from([None, BOT, *MEMBERS[:3]]),
    "ConfirmView.command": st.just("/quiz forget-me yes"),
    "MeView.weakest": st.just("") | _slugs,
    "NextQuestionView.id": _slugs,
    "PracticeGradeView.question": _slugs,
    "PracticeView.question": _slugs,
    "PracticeView.topic_wanted": st.just("") | _slugs,
    "PracticeView.level_wanted": st.sampled_from(["", *Level]),
    "ReviewItem.id": st.from_regex("[0-9a-f]{8}", fullmatch=True),
    "SetupFormView.choices": st.just({}),
    "Source.url": st.integers(1, 480).map(lambda length: f"https://example.org/{'x' * length}"),
}
"""Texts that nobody writes freely."""


def any_of(kind: type[T], texts: st.SearchStrategy[str] = _texts) -> st.SearchStrategy[T]:
    """Return a strategy for a dataclass: every text from ``texts``, up to 12 of everything that there are several of."""
    return _dataclass(kind, {**_TABLE, str: texts})


def _dataclass(kind: type[T], table: Mapping[Any, Any]) -> st.SearchStrategy[T]:
    hints = {f"{kind.__name__}.{name}": (name, hint) for name, hint in get_type_hints(kind).items()}
    made = {name: _FIELDS[field] if field in _FIELDS else _any(hint, table) for field, (name, hint) in hints.items()}
    return st.builds(kind, **made)


def _any(hint: Any, table: Mapping[Any, Any]) -> st.SearchStrategy[Any]:
    inner = get_args(hint)
    if hint in table:
        strategy: st.SearchStrategy[Any] = table[hint]
    elif hint is type(None):
        strategy = st.none()
    elif get_origin(hint) in {Union, types.UnionType}:
        strategy = st.one_of(*(_any(one, table) for one in inner))
    elif inner and inner[-1] is ...:
        strategy = st.lists(_any(inner[0], table), max_size=_MOST).map(tuple)
    elif get_origin(hint) is tuple:
        strategy = st.tuples(*(_any(one, table) for one in inner))
    elif is_dataclass(hint):
        strategy = _dataclass(_class(hint), table)
    else:
        strategy = st.sampled_from(list(_enum(hint)))
    return strategy


def fullest(hint: Any, text: str, most: int = _MOST) -> Any:
    """Return a value with as much of everything as there can be, and this as every text that is written freely."""
    inner = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        value = fullest(inner[0], text, most)
    elif inner and inner[-1] is ...:
        value = tuple(fullest(inner[0], text, most) for _ in range(most))
    elif get_origin(hint) is tuple:
        value = tuple(fullest(one, text, most) for one in inner)
    elif is_dataclass(hint):
        known = {name: f"{_class(hint).__name__}.{name}" for name in get_type_hints(hint)}
        value = _class(hint)(
            **{
                name: _FULLEST[known[name]] if known[name] in _FULLEST else fullest(one, text, most)
                for name, one in get_type_hints(hint).items()
            }
        )
    elif hint in _FULLEST:
        value = _FULLEST[hint]
    else:
        value = text if hint is str else max(_enum(hint), key=lambda one: len(one.value))
    return value


_SLUG = "x" * 64
_FULLEST: dict[Any, Any] = {
    bool: True,
    int: 1_000_000,
    float: 1.0,
    date: date(2026, 11, 23),
    datetime: datetime(2026, 11, 23, 12, tzinfo=UTC),
    PlaceId: PLACE,
    RoundId: ROUND,
    MemberId: MEMBERS[-1],
    MessageRef: MessageRef("C17:1.2"),
    Period: Period("day:2026-11-23"),
    "AnswerView.question": _SLUG,
    "BoardView.scope": PLACE,
    "ConfirmView.command": "/quiz forget-me yes",
    "MeView.weakest": _SLUG,
    "NextQuestionView.id": _SLUG,
    "PracticeGradeView.question": _SLUG,
    "PracticeView.question": _SLUG,
    "ReviewItem.id": "0a1b2c3d",
    "PracticeView.topic_wanted": _SLUG,
    "PracticeView.level_wanted": "practitioner",
    "QuestionView.closed": False,
    "SetupFormView.choices": {},
    "Source.url": "https://example.org/" + "x" * 480,
}


def _class(hint: Any) -> type[Any]:
    if not isinstance(hint, type):
        raise TypeError(f"{hint} is no class")
    return hint


def _enum(hint: Any) -> type[Enum]:
    if not (isinstance(hint, type) and issubclass(hint, Enum)):
        raise TypeError(f"there is no strategy for {hint}")
    return hint
