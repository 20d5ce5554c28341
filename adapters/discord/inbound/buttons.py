"""What is pressed. A button works for ever: what it is about stands in its custom id."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from adapters.discord import names, views
from adapters.discord.inbound.asked import Asked
from adapters.discord.inbound.commands import Commands
from adapters.discord.inbound.modals import Modals
from adapters.discord.inbound.private import Private
from bot.domain.ids import RoundId
from bot.domain.score import PeriodKind
from bot.ports import Desk
from bot.receiving.coming import settled
from bot.views import NoticeView, PrivateView

Handler = Callable[[Asked], Awaitable[None]]

UNKNOWN = "I don't know this button any more. /quiz help lists what there is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    desk: Desk
    modals: Modals
    private: Private
    commands: Commands

    async def pressed(self, asked: Asked) -> None:
        handler = None if asked.is_garbled else self._handlers().get(asked.name)
        await (handler(asked) if handler else self.private.say(asked, NoticeView(text=UNKNOWN)))

    def _handlers(self) -> Mapping[str, Handler]:
        return {
            names.ANSWER: self._answer,
            names.CLOSED: self._grade,
            names.HINT: self._hint,
            names.GRADE: self._grade,
            names.CHECK: self._check,
            names.LEADERBOARD: self._leaderboard,
            names.PRACTISE: self._practise,
            names.PRACTICE_ANSWER: self._practice_answer,
            names.PRACTICE_HINT: self._practice_hint,
            names.PRACTICE_SHOW: self._practice_show,
            names.PRACTICE_GRADE: self._practice_grade,
            names.PRACTICE_CHECK: self._practice_check,
            names.APPEAL: self._appeal,
            names.REVIEW: self._review,
            names.SWAP: self._swap,
            names.SETUP: self._setup,
            names.COMMAND: self._command,
        }

    async def _answer(self, asked: Asked) -> None:
        round_ = RoundId(asked.about)
        await self.modals.answer(asked, round_, settled(partial(self.desk.answer_form, asked.caller(), round_)))

    async def _hint(self, asked: Asked) -> None:
        round_, number = _numbered(asked.about)
        await self._hinted(asked, partial(self.desk.hint, asked.caller(), RoundId(round_), number))

    async def _grade(self, asked: Asked) -> None:
        content = partial(self.desk.grade, asked.caller(), RoundId(asked.about))
        await self.private.show(asked, lambda: settled(content), only_shows=True)

    async def _check(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.grade(asked.caller(), RoundId(asked.about)))

    async def _appeal(self, asked: Asked) -> None:
        await self.modals.appeal(asked, self.desk.grade(asked.caller(), RoundId(asked.about)))

    async def _review(self, asked: Asked) -> None:
        await self.modals.review(asked, self.desk.review_item(asked.caller(), asked.about))

    async def _leaderboard(self, asked: Asked) -> None:
        kind = PeriodKind(asked.about) if asked.about in set(PeriodKind) else PeriodKind.WEEK
        await self.private.show(asked, partial(self.desk.leaderboard, asked.caller(), kind), only_shows=True)

    async def _practise(self, asked: Asked) -> None:
        """Another question takes the place of the one that is passed."""
        topic, level, passing = [*asked.about.split("|"), "", ""][:3]
        wanted = f"{topic} {level}".strip()
        content = partial(self.desk.practise, asked.caller(), wanted, passing)
        await self.private.show(asked, content, in_place=asked.private and bool(passing))

    async def _practice_answer(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.practice_form(asked.caller(), asked.about))

    async def _practice_hint(self, asked: Asked) -> None:
        question, number = _numbered(asked.about)
        await self._hinted(asked, partial(self.desk.practice_hint, asked.caller(), question, number))

    async def _practice_show(self, asked: Asked) -> None:
        question, _, times = asked.about.partition(" ")
        known = int(times) if times.isdigit() else None
        await self.private.show(asked, partial(self.desk.practice_show, asked.caller(), question, known))

    async def _practice_grade(self, asked: Asked) -> None:
        await self.private.show(asked, partial(self.desk.practice_grade, asked.caller(), asked.about))

    async def _practice_check(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.practice_grade(asked.caller(), asked.about))

    async def _swap(self, asked: Asked) -> None:
        content = partial(self.desk.swap, asked.caller(), asked.about)
        await self.private.show(asked, content, in_place=asked.private)

    async def _setup(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.setup_form(asked.caller()), page=2 if asked.about == "2" else 1)

    async def _command(self, asked: Asked) -> None:
        """What is decided in a list of what waits takes its place."""
        name, _, text = asked.about.partition(" ")
        in_place = asked.private and text.split()[:1] == ["review"]
        await self.commands.carry_out(asked, name, text, in_place=in_place)

    async def _hinted(self, asked: Asked, content: Callable[[], Awaitable[NoticeView]]) -> None:
        def drawn(view: PrivateView) -> list[views.Message]:
            if not isinstance(view, NoticeView):
                return views.private_message(view)
            return [views.hint_message(view, asked.custom_id)]

        await self.private.show(asked, lambda: settled(content), drawing=drawn)


def _numbered(value: str) -> tuple[str, int]:
    """Read "<what> <number> …"; the first, where no number is said."""
    what, number, *_ = [*value.split(), "", ""]
    return what, int(number) if number.isdigit() else 1
