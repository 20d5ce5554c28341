"""A Wednesday of six people, as the core gives it to the views of a chat."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId, PlaceId, last_part, programme_of, round_id
from bot.domain.reply import PointVerdict, Verdict
from bot.domain.score import Period, Standing
from bot.views import (
    BoardView,
    FormView,
    GradedPoint,
    GradeView,
    PointShare,
    QuestionReport,
    QuestionView,
    RevealView,
    ReviewItem,
    ReviewView,
)
from bot.wording import review
from bot.wording.grades import CHECK_NOTICE
from content.bank import Bank

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "pictures"
ASKS, REVEALS, SETTLES = (datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((25, 8), (25, 15), (27, 15)))
ZONE = ZoneInfo("Europe/Berlin")
PEOPLE = ("Ana", "Ben", "Chris", "Dana", "Emil", "Fay")

_ASKED = Bank.load([ROOT / "docs" / "everyday-pack"]).questions["training-serving-skew"]
_REPLY = (
    "Someone changes one of the two and forgets the other, so the values no longer match those it was trained on. "
    "I would use the same code in both places."
)


@dataclass(frozen=True, kw_only=True)
class Day:
    place: PlaceId
    members: dict[str, MemberId]

    @property
    def names(self) -> dict[str, str]:
        """Return what is shown for the ids of the platform."""
        people = {last_part(member): name for name, member in self.members.items()}
        return {last_part(self.place): "mlops-quiz", **people}

    def question(self) -> QuestionView:
        return QuestionView(
            round=round_id(programme_of(self.place), date(2026, 11, 25)),
            place=self.place,
            topic=_ASKED.topic,
            level=_ASKED.level,
            text=_ASKED.text,
            reveals_at=REVEALS,
            hints=_ASKED.hints,
        )

    def form(self) -> FormView:
        """Return the form with the reply in it that was sent before."""
        return FormView(round=self.question().round, text=_ASKED.text, reveals_at=REVEALS, present=_REPLY)

    def reveal(self) -> RevealView:
        shares = (5 / 6, 4 / 6, 2 / 6)
        return RevealView(
            round=self.question().round,
            place=self.place,
            post=None,
            topic=_ASKED.topic,
            level=_ASKED.level,
            text=_ASKED.text,
            model_answer=_ASKED.model_answer,
            points=tuple(
                PointShare(point=point, share=share) for point, share in zip(_ASKED.key_points, shares, strict=True)
            ),
            sources=_ASKED.sources,
            follow_up=_ASKED.follow_up,
            repliers=len(PEOPLE),
            day=self._board("day:2026-11-25", Ana=10, Ben=10, Chris=7, Dana=7, Emil=5, Fay=2),
            week=self._week(),
            settles_at=SETTLES,
        )

    def board(self) -> BoardView:
        """Return the week as Ben sees it."""
        week = self._week()
        (ben,) = (one for one in week.top if one.member == self.members["Ben"])
        podium = self._standings(Ana=41, Chris=38, Dana=35)
        return replace(week, own=ben, before=Period("week:2026-W47"), podium=podium)

    def grade(self) -> GradeView:
        evidence = ("the values no longer match those it was trained on", "the same code in both places", "")
        points = tuple(
            GradedPoint(
                point=point,
                verdict=PointVerdict(verdict=Verdict.COVERED if said else Verdict.NOT_SEEN, evidence=said),
                ticked=bool(said),
            )
            for point, said in zip(_ASKED.key_points, evidence, strict=True)
        )
        return GradeView(
            round=self.question().round,
            text=_ASKED.text,
            reply=_REPLY,
            points=points,
            total=8,
            of=10,
            for_reply=2,
            origin="suggested",
            notice=CHECK_NOTICE,
            open_until=SETTLES,
        )

    def review(self) -> ReviewView:
        """Return what the lead is shown once the last key point was ticked, too."""
        points = tuple(replace(one, ticked=True) for one in self.grade().points)
        round_ = self.question().round
        return ReviewView(
            place=self.place,
            notice=review.shown(1, 1, 1),
            items=(
                ReviewItem(
                    id="3f9a07c2",
                    what=review.TICKS,
                    since=REVEALS,
                    round=round_,
                    text=_ASKED.text,
                    reply=_REPLY,
                    points=points,
                    in_question=(len(points),),
                    reason="With the same code there is nothing left to compare.",
                ),
            ),
            reports=(QuestionReport(round=round_, question=_ASKED.id, text=_ASKED.text, said="1 unclear, 3 great"),),
        )

    def _week(self) -> BoardView:
        return self._board("week:2026-W48", Dana=27, Ana=25, Ben=22, Chris=22, Emil=15, Fay=6)

    def _board(self, period: str, **points: int) -> BoardView:
        top = self._standings(**points)
        return BoardView(scope=self.place, period=Period(period), top=top, members=len(PEOPLE), provisional=True)

    def _standings(self, **points: int) -> tuple[Standing, ...]:
        """Return members by their points, which are given from the most to the fewest; ties share a rank."""
        given = list(points.values())
        return tuple(
            Standing(rank=given.index(sum_) + 1, member=self.members[name], points=sum_)
            for name, sum_ in points.items()
        )
