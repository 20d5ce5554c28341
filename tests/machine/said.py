"""What Hypothesis chooses from: places and people, what is said, and what goes wrong."""

from hypothesis import strategies as st

from tests.machine.model import NO_ANSWER
from tests.machine.quiz import NAMES, PLACES
from tests.machine.trouble import Kind

TEXTS = st.sampled_from(
    [
        "alpha",
        "beta gamma",
        "alpha? and beta",
        "alpha beta gamma",
        "alpha is what I would look at first",
        "gamma " + "x" * 1_600,
        "words " * 483,
        "z" * 3_001,
        NO_ANSWER,
        "",
    ]
)
PLACE_ = st.sampled_from([PLACES[0], PLACES[0], PLACES[0], PLACES[1], PLACES[1], PLACES[2]])
NAME = st.sampled_from(NAMES)
BACK = st.sampled_from([1, 1, 1, 2, 3])
"""Which of a place's rounds, counted from the last."""
TICKS = st.tuples(st.booleans(), st.booleans(), st.booleans())
SETUPS = st.fixed_dictionaries(
    {
        "at": st.sampled_from(["09:00", "09:30", "11:00"]),
        "reveal": st.sampled_from(["11:30", "16:00"]),
        "days": st.sampled_from(["mon-fri", "daily"]),
        "zone": st.sampled_from(["UTC", "UTC", "Asia/Tokyo", "America/New_York"]),
        "collect": st.sampled_from(["both", "both", "both", "form", "thread"]),
    }
)


_KINDS = st.sampled_from([*Kind, Kind.DIE, Kind.NO_ANSWER, Kind.STALL, Kind.STALL, Kind.MEANWHILE])
_CALLS = ["begin", "find_posts", "renew", "post_question", "opened", "skip"]
_CALLS += [
    "read_back",
    "close",
    "suggest",
    "award",
    "edit_question",
    "post_reveal",
    "revealed",
    "edit_reveal",
    "settle",
]
PLANS = st.lists(st.tuples(st.one_of(st.integers(1, 40), st.sampled_from(_CALLS)), _KINDS), max_size=3)
LOST_PLANS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([Kind.NO_ANSWER, Kind.DIE, Kind.REPEAT])), max_size=1
)
SMALL_PLANS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([Kind.NO_ANSWER, Kind.DIE, Kind.REPEAT, Kind.STALL])), max_size=1
)

Plan = list[tuple[int | str, Kind]]
SAID = st.lists(st.tuples(NAME, TEXTS, st.sampled_from([0, 0, 0, 1])), min_size=1, max_size=4)
