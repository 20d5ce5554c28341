"""Views and people that the tests of the terminal share."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.ids import BOT, member_id, place_id, programme_of, round_id
from bot.domain.question import KeyPoint, Level, Source
from bot.domain.reply import PointVerdict, ReceiptState, Verdict
from bot.domain.round import RoundState
from bot.domain.score import Period, Standing
from bot.ports import Caller
from bot.views import (
    AnswerView,
    BoardView,
    ChangeLine,
    ConfirmView,
    DocumentView,
    FormView,
    GradedPoint,
    GradeView,
    HelpView,
    LastRound,
    MeView,
    NextQuestionView,
    NextRound,
    NoticeView,
    OtherVerdict,
    PhrasingLine,
    PhrasingsView,
    PointShare,
    PracticeGradeView,
    PracticeView,
    QuestionReport,
    QuestionView,
    ReceiptView,
    RevealView,
    ReviewItem,
    ReviewView,
    SetupFaultsView,
    SetupFormView,
    ShareOf,
    StatusView,
)
from tests import mischief

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IN_3_H = NOW + timedelta(hours=3)
PLACE = place_id("console", "home", "general")
OTHER_PLACE = place_id("console", "home", "random")
ROUND = round_id(programme_of(PLACE), date(2026, 11, 23))
ANA, BEN, CHRIS, DANA = (member_id("console", "home", name) for name in ("ana", "ben", "chris", "dana"))

ASKED = "A model's inputs have shifted but its accuracy has not. Do you retrain?"
POINTS = (
    KeyPoint(
        id="look-first", statement="Find out why the inputs shifted before anything else", weight=3, accepted=("x",)
    ),
    KeyPoint(id="labels", statement="Accuracy may lag, because labels come late", weight=2, accepted=("x",)),
    KeyPoint(id="threshold", statement="Retrain on a criterion that was agreed before", weight=1, accepted=("x",)),
)


class StillClock(mischief.StillClock):
    """The same, at the time of these views."""

    def __init__(self, at: datetime = NOW) -> None:
        super().__init__(at)


QUESTION = QuestionView(
    round=ROUND,
    place=PLACE,
    topic="monitoring",
    level=Level.PRACTITIONER,
    text=ASKED,
    reveals_at=IN_3_H,
    hints=("When do you learn the truth?", "Who agreed on what?"),
)
DAY = BoardView(
    scope=PLACE,
    period=Period("day:2026-11-23"),
    top=(
        Standing(rank=1, member=ANA, points=10),
        Standing(rank=2, member=BEN, points=5),
        Standing(rank=2, member=CHRIS, points=5),
        Standing(rank=4, member=DANA, points=2),
    ),
    members=4,
    provisional=True,
)
WEEK = BoardView(
    scope=PLACE,
    period=Period("week:2026-W48"),
    top=DAY.top[:3],
    members=30,
    own=Standing(rank=17, member=DANA, points=3),
    around=(
        Standing(rank=16, member=member_id("console", "home", "eli"), points=4),
        Standing(rank=17, member=DANA, points=3),
        Standing(rank=18, member=member_id("console", "home", "fay"), points=2),
    ),
)
REVEAL = RevealView(
    round=ROUND,
    place=PLACE,
    post=None,
    topic="monitoring",
    level=Level.PRACTITIONER,
    text=ASKED,
    model_answer="**Not yet.** Look first:\n\n- a broken feed looks like drift\n- `accuracy` lags behind <labels>\n\nSee [a page](https://example.org/x).",
    points=tuple(PointShare(point=point, share=share) for point, share in zip(POINTS, (1.0, 0.5, 0.02), strict=True)),
    sources=(Source(title="Watching models", by="Some Body", year=2022, url="https://example.org/watching"),),
    follow_up="What if labels never come?",
    repliers=4,
    day=DAY,
    week=WEEK,
    settles_at=NOW + timedelta(hours=48),
)
GRADE = GradeView(
    round=ROUND,
    text=ASKED,
    reply="First find the cause.\nLabels are late, I think.",
    points=(
        GradedPoint(
            point=POINTS[0],
            verdict=PointVerdict(verdict=Verdict.COVERED, evidence="find the cause"),
            ticked=True,
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
RECEIPT = ReceiptView(
    round=ROUND,
    state=ReceiptState.ACCEPTED,
    sentence="Your reply is saved.",
    text="First find the cause.",
    repliers=2,
    reveals_at=IN_3_H,
)
LATE = ReceiptView(
    round=ROUND, state=ReceiptState.LATE, sentence="This came too late.", late_grade=GRADE, reveals_at=IN_3_H
)
REVIEW = ReviewView(
    place=PLACE,
    notice="1 to 1 of 2 that wait.",
    items=(
        ReviewItem(
            id="0a1b2c3d",
            what="Appeal",
            since=NOW - timedelta(hours=2),
            round=ROUND,
            text=ASKED,
            reply=GRADE.reply,
            points=GRADE.points,
            in_question=(2, 3),
            reason="Late labels are what I mean.",
            second=(OtherVerdict(number=2, verdict=PointVerdict(verdict=Verdict.COVERED, evidence="the cause")),),
        ),
    ),
    after=1,
    reports=(QuestionReport(round=ROUND, question="drift-1", text=ASKED, said="2 wrong, 1 great"),),
)
LEARNT = PhrasingsView(
    question="drift-1",
    text=ASKED,
    points=tuple(point.statement for point in POINTS),
    notice="What was learnt here.",
    learnt=(
        PhrasingLine(id="0a1b2c3d", point=2, text="the truth comes weeks after", at=NOW - timedelta(days=3)),
        PhrasingLine(id="4d5e6f70", point=0, text="the labels are late", at=NOW - timedelta(days=9)),
    ),
)
STATUS = StatusView(
    place=PLACE,
    state="active",
    schedule="09:00, reveal 16:00, mon-fri",
    zone="Europe/Berlin",
    admins=(ANA, BEN),
    next=(NextRound(date=date(2026, 11, 24), asks_at=NOW + timedelta(hours=20), reveals_at=NOW + timedelta(hours=27)),),
    last=(LastRound(round=ROUND, state=RoundState.OPEN, question=ASKED, repliers=1, note="asked late"),),
    notes=("The next question is chosen when it is due.",),
    changes=(
        ChangeLine(at=NOW - timedelta(hours=2), who=ANA, what="changed at from 09:30 to 09:00"),
        ChangeLine(at=NOW - timedelta(hours=3), who=BOT, what="paused the quiz: the channel was archived"),
        ChangeLine(at=NOW - timedelta(days=3), who=None, what="set the quiz up"),
    ),
)
NEXT_QUESTION = NextQuestionView(
    round=round_id(programme_of(PLACE), date(2026, 11, 24)),
    id="drift",
    asks_at=NOW + timedelta(hours=20),
    topic="monitoring",
    level=Level.PRACTITIONER,
    text=ASKED,
    points=POINTS,
    model_answer="Find the cause first. **Then** decide.",
    sources=(Source(title="A book", by="Somebody", year=2020, url="https://example.org/book"),),
    note="Nobody else sees this.",
)
HELP = HelpView(
    title="A question a day", commands=(("/quiz answer", "write or change your reply"),), closing="2 points."
)
NOTICE = NoticeView(text="No question is open here just now.")
SETUP_FORM = SetupFormView(
    note="Name what is to change.",
    values=(("at", "09:00", "when to ask, HH:MM"), ("reveal_at", "16:00", "when to reveal, HH:MM")),
)
SETUP_FAULTS = SetupFaultsView(
    text="Nothing was changed:\n• at: '25:00' is not a time.", faults=(("at", "'25:00' is not a time."),)
)
FORM = FormView(round=ROUND, text=ASKED, reveals_at=IN_3_H, present="First find the cause.", note="It was read late.")
PRACTICE = PracticeView(
    question="drift-1",
    topic="monitoring",
    level=Level.EXPERT,
    text=ASKED,
    hints=("When do you learn the truth?",),
    review=True,
    times=2,
    topic_wanted="monitoring",
    note="You have met this one before.",
)
PRACTISED = PracticeGradeView(
    question="drift-1",
    text=ASKED,
    reply=GRADE.reply,
    points=GRADE.points,
    returns_at=NOW + timedelta(days=3),
    notice="For you alone.",
)
ANSWER = AnswerView(
    question="drift-1",
    topic="monitoring",
    level=Level.EXPERT,
    text=ASKED,
    model_answer=REVEAL.model_answer,
    points=POINTS,
    sources=REVEAL.sources,
    follow_up=REVEAL.follow_up,
    returns_at=NOW + timedelta(days=1),
)
EMPTY_BOARD = BoardView(scope="console:home", period=Period("season:2026-Q4"))
ME = MeView(
    place=PLACE,
    days=180,
    rounds=5,
    points=31,
    streak=2,
    best_streak=4,
    rank=2,
    ranked=7,
    topics=(ShareOf(name="infrastructure", rounds=4, share=0.15), ShareOf(name="data", rounds=1, share=1.0)),
    levels=(ShareOf(name="practitioner", rounds=5, share=0.32),),
    due=2,
    weakest="infrastructure",
    hidden=True,
)
CONFIRM = ConfirmView(text="This deletes everything.", command="/quiz forget-me yes", label="Erase everything of me")
DOCUMENT = DocumentView(name="quiz-ana.json", text='{"member": "ana"}', note="All that is kept of you.")

VIEWS = (
    *(
        SETUP_FORM,
        SETUP_FAULTS,
        NEXT_QUESTION,
        QUESTION,
        REVEAL,
        DAY,
        WEEK,
        EMPTY_BOARD,
        GRADE,
        RECEIPT,
        LATE,
        STATUS,
        HELP,
        NOTICE,
        FORM,
    ),
    *(PRACTICE, PRACTISED, ANSWER),
    *(ME, CONFIRM, DOCUMENT),
    *(REVIEW, LEARNT),
)


def caller(delivery: str = "d") -> Caller:
    return Caller(place=PLACE, member=ANA, delivery=delivery, admin=True)
