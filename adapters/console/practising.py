"""What one may say about the practice question in front of one: another one, its answer, what one's reply made of it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.reply import ticks_named
from bot.ports import Caller, Desk
from bot.views import NoticeView, PracticeGradeView, PracticeView, PrivateView

NOT_PRACTISING = "You are not practising just now: /quiz ask gives you a question."
NOTHING_TO_TICK = (
    "There is no practice reply of yours to tick: /quiz ask gives you a question, and your next line answers it."
)


class Practising:
    """The question that each person here was shown last, which a typed word does not name; ``caller`` makes one of a name."""

    def __init__(self, desk: Desk, caller: Callable[[str], Caller]) -> None:
        self._desk = desk
        self._caller = caller
        self._shown: dict[str, PracticeView] = {}
        self._graded: dict[str, PracticeGradeView] = {}
        self.words: Mapping[str, Callable[[str, str], Awaitable[PrivateView]]] = {
            "tick": self._tick,
            "show": self._show,
            "another": self._another,
        }

    def saw(self, name: str, view: PrivateView) -> None:
        """Take note of what somebody was shown."""
        if isinstance(view, PracticeView):
            self._shown[name] = view
            self._graded.pop(name, None)
        if isinstance(view, PracticeGradeView):
            self._graded[name] = view

    async def answer(self, name: str, view: PracticeView, text: str) -> PrivateView:
        return await self._desk.practice_answer(self._caller(name), view.question, text)

    async def hint(self, name: str, view: PracticeView, number: int) -> PrivateView:
        return await self._desk.practice_hint(self._caller(name), view.question, number)

    async def _tick(self, name: str, text: str) -> PrivateView:
        graded = self._graded.get(name)
        if graded is None:
            return NoticeView(text=NOTHING_TO_TICK)
        count = len(graded.points)
        ticks = ticks_named(text, count)
        if ticks is None:
            return NoticeView(text=which_points(count))
        return await self._desk.practice_check(self._caller(name), graded.question, ticks)

    async def _show(self, name: str, _text: str) -> PrivateView:
        shown = self._shown.get(name)
        if shown is None:
            return NoticeView(text=NOT_PRACTISING)
        times = None if name in self._graded else shown.times
        return await self._desk.practice_show(self._caller(name), shown.question, times)

    async def _another(self, name: str, _text: str) -> PrivateView:
        shown = self._shown.get(name)
        if shown is None:
            return NoticeView(text=NOT_PRACTISING)
        wanted = f"{shown.topic_wanted} {shown.level_wanted}"
        return await self._desk.practise(self._caller(name), wanted, passing=shown.question)


def which_points(count: int) -> str:
    return f"Say which of the {count} key points your reply makes: /tick 1 {min(count, 3)}, or /tick none."
