"""Views as the core gives them, for the tests of Slack."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.ids import member_id, place_id, programme_of, round_id
from bot.domain.question import KeyPoint, Level, Source
from bot.domain.reply import PointVerdict, Verdict
from bot.domain.score import Period, Standing
from bot.views import BoardView, FormView, GradedPoint, GradeView, PointShare, PracticeView, QuestionView, RevealView

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PLACE = place_id("slack", "T024", "C17")
ROUND = round_id(programme_of(PLACE), date(2026, 11, 23))
ANA, BEN, DANA = (member_id("slack", "T024", user) for user in ("U1", "U2", "U4"))
NAMES = {ANA: "Ana", BEN: "Ben"}

QUESTION = QuestionView(
    round=ROUND,
    place=PLACE,
    topic="monitoring",
    level=Level.PRACTITIONER,
    text="The inputs have shifted, the accuracy has not. Do you retrain?",
    reveals_at=NOW + timedelta(hours=3),
    hints=("When do you learn the truth?", "Who agreed on what?"),
)
POINTS = (
    KeyPoint(id="look", statement="Find out why the inputs shifted", weight=3, accepted=("x",)),
    KeyPoint(id="labels", statement="Accuracy may lag behind", weight=2, accepted=("x",)),
    KeyPoint(id="threshold", statement="Retrain on a criterion", weight=1, accepted=("x",)),
)
DAY = BoardView(
    scope=PLACE,
    period=Period("day:2026-11-23"),
    top=(Standing(rank=1, member=ANA, points=10), Standing(rank=2, member=BEN, points=1)),
    members=2,
    provisional=True,
)
WEEK = BoardView(
    scope=PLACE,
    period=Period("week:2026-W48"),
    top=(Standing(rank=1, member=ANA, points=31),),
    members=30,
    own=Standing(rank=17, member=DANA, points=3),
    around=(Standing(rank=16, member=BEN, points=4), Standing(rank=17, member=DANA, points=3)),
)
REVEAL = RevealView(
    round=ROUND,
    place=PLACE,
    post=None,
    topic="monitoring",
    level=Level.PRACTITIONER,
    text=QUESTION.text,
    model_answer="**Not yet.** Look first.",
    points=(PointShare(point=POINTS[0], share=0.5), PointShare(point=POINTS[1], share=None)),
    sources=(Source(title="Watching models", by="Some Body", year=2022, url="https://example.org/watching"),),
    follow_up="What if labels never come?",
    repliers=4,
    day=DAY,
    week=DAY,
    settles_at=NOW + timedelta(hours=48),
)
GRADE = GradeView(
    round=ROUND,
    text=QUESTION.text,
    reply="First find the cause. Labels are late.",
    points=(
        GradedPoint(
            point=POINTS[0], verdict=PointVerdict(verdict=Verdict.COVERED, evidence="find the cause"), ticked=True
        ),
        GradedPoint(
            point=POINTS[1], verdict=PointVerdict(verdict=Verdict.MAYBE, evidence="Labels are late"), ticked=False
        ),
        GradedPoint(point=POINTS[2], verdict=PointVerdict(verdict=Verdict.NOT_SEEN), ticked=False),
    ),
    total=6,
    for_reply=2,
    of=10,
    origin="suggested",
    notice="Tick what your reply really says.",
    open_until=NOW + timedelta(hours=47),
)
FORM = FormView(round=ROUND, text=QUESTION.text, reveals_at=NOW + timedelta(hours=3), present="First find the cause.")
PRACTICE = PracticeView(
    question="drift-1",
    topic="monitoring",
    level=Level.EXPERT,
    text=QUESTION.text,
    hints=("When?",),
    times=2,
    topic_wanted="monitoring",
)
