"""Any value of a type, for Hypothesis: views of every size, with texts of every script and kind."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bot.domain.ids import BOT, MemberId, PlaceId, RoundId, programme_of, round_id, team_of
from bot.domain.question import Level
from bot.domain.round import MessageRef
from bot.domain.score import Period

T = TypeVar("T")

_MOST = 12
PIECES = (
    "word " * 120,
    "x" * 700,
    "漢字かな交じり" * 40,
    "שלום عليكم \u202eevil\u2066 ",
    "👩‍🔬🧪" * 60,
    '"\\\n' * 200,
    "\ud800\x00\x1b[2J",
    "- a\n- b\n\n1. c\n\n```\nd\n```\n",
)

_TABLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(0, 10_000),
    float: st.floats(0, 1),
    date: st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is named beside
    MessageRef: st.just(MessageRef("C17:1.2")),
    Period: st.sampled_from(
        [Period(one) for one in ("day:2026-11-23", "week:2026-W48", "month:2026-11", "season:2026-Q4", "all")]
    ),
}
_slugs = st.from_regex("[a-z0-9-]{1,64}", fullmatch=True)
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "AnswerView.question": _slugs,
    "ConfirmView.command": st.just("/quiz forget-me yes"),
    "MeView.weakest": st.just("") | _slugs,
    "NextQuestionView.id": _slugs,
    "PracticeGradeView.question": _slugs,
    "PracticeView.question": _slugs,
    "PracticeView.topic_wanted": st.just("") | _slugs,
    "PracticeView.level_wanted": st.sampled_from(["", *Level]),
    "PhrasingLine.id": st.from_regex("[0-9a-f]{8}", fullmatch=True),
    "ReviewItem.id": st.from_regex("[0-9a-f]{9,12}", fullmatch=True),
    "ReviewItem.in_question": st.sets(st.integers(1, _MOST)).map(sorted).map(tuple),
    "SetupFormView.choices": st.just({}),
    "Source.url": st.integers(1, 480).map(lambda length: f"https://example.org/{'x' * length}"),
}
"""Texts that nobody writes freely."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """Values of one platform: of this place and these members, with this among the texts, which tries all that it could do."""

    place: PlaceId
    members: Sequence[MemberId]
    nasty: str
    round: RoundId = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "round", round_id(programme_of(self.place), date(2026, 11, 23)))

    def any_of(self, kind: type[T], texts: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[T]:
        """Return a strategy for a dataclass: every text from ``texts``, up to 12 of everything that there are several of."""
        table = {
            **_TABLE,
            str: self.texts() if texts is None else texts,
            PlaceId: st.just(self.place),
            RoundId: st.just(self.round),
            MemberId: st.sampled_from(self.members),
            "BoardView.scope": st.sampled_from([self.place, team_of(self.place)]),
            "ChangeLine.who": st.sampled_from([None, BOT, *self.members[:3]]),
            **_FIELDS,
        }
        return _dataclass(kind, table)

    def texts(self) -> st.SearchStrategy[str]:
        return st.one_of(
            st.text(max_size=40),
            st.lists(st.sampled_from([self.nasty, *PIECES]), max_size=5).map(lambda pieces: "".join(pieces)[:3_000]),
            st.integers(0, 3_000).map("x".__mul__),
        )

    def fullest(self, hint: Any, text: str, most: int = _MOST) -> Any:
        """Return a value with as much of everything as there can be, and this as every text that is written freely."""
        table = {
            **_FULLEST,
            PlaceId: self.place,
            RoundId: self.round,
            MemberId: self.members[-1],
            "BoardView.scope": self.place,
        }
        return _fullest(hint, table, text, most)


def _dataclass(kind: type[T], table: Mapping[Any, Any]) -> st.SearchStrategy[T]:
    hints = {f"{kind.__name__}.{name}": (name, hint) for name, hint in get_type_hints(kind).items()}
    made = {name: table[known] if known in table else _any(hint, table) for known, (name, hint) in hints.items()}
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


def _fullest(hint: Any, table: Mapping[Any, Any], text: str, most: int) -> Any:
    inner = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        value = _fullest(inner[0], table, text, most)
    elif inner and inner[-1] is ...:
        value = tuple(_fullest(inner[0], table, text, most) for _ in range(most))
    elif get_origin(hint) is tuple:
        value = tuple(_fullest(one, table, text, most) for one in inner)
    elif is_dataclass(hint):
        known = {name: f"{_class(hint).__name__}.{name}" for name in get_type_hints(hint)}
        value = _class(hint)(
            **{
                name: table[known[name]] if known[name] in table else _fullest(one, table, text, most)
                for name, one in get_type_hints(hint).items()
            }
        )
    elif hint in table:
        value = table[hint]
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
    MessageRef: MessageRef("C17:1.2"),
    Period: Period("day:2026-11-23"),
    "AnswerView.question": _SLUG,
    "ConfirmView.command": "/quiz forget-me yes",
    "MeView.weakest": _SLUG,
    "NextQuestionView.id": _SLUG,
    "PracticeGradeView.question": _SLUG,
    "PracticeView.question": _SLUG,
    "PhrasingLine.id": "0a1b2c3d",
    "ReviewItem.id": "0a1b2c3d17",
    "ReviewItem.in_question": tuple(range(1, _MOST + 1)),
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
