"""What is pressed. A button works for ever: what it is about stands in its name and its value."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from adapters.slack import names, views
from adapters.slack.inbound import modals
from adapters.slack.inbound.asked import Asked, Payload, round_of
from adapters.slack.inbound.commands import ANSWER_TITLE, Commands, kindly
from adapters.slack.inbound.modals import Modals
from bot import wording
from bot.domain.ids import PlaceId, RoundId
from bot.domain.score import PeriodKind
from bot.ports import Desk
from bot.receiving.coming import settled
from bot.views import NextQuestionView, NoticeView, ReviewView

Handler = Callable[[Asked], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    desk: Desk
    modals: Modals
    commands: Commands

    async def pressed(self, asked: Asked, body: Payload) -> None:
        """Do what the button is for. A link's button has no name of ours: Slack follows it, nothing else is to be done."""
        handler = self._handlers().get(body["actions"][0].get("action_id", "").partition(":")[0])
        if handler:
            await handler(asked)

    def _handlers(self) -> Mapping[str, Handler]:
        return {
            names.ANSWER: self._answer,
            names.HINT: self._hint,
            names.GRADE: self._grade,
            names.LEADERBOARD: self._leaderboard,
            names.PRACTISE: self._practise,
            names.PRACTICE_ANSWER: self._practice_answer,
            names.PRACTICE_HINT: self._practice_hint,
            names.PRACTICE_SHOW: self._practice_show,
            names.PRACTICE_GRADE: self._practice_grade,
            names.SWAP: self._swap,
            names.SETUP: self._setup,
            names.COMMAND: self._command,
            names.APPEAL: self._appeal,
            names.REVIEW: self._review,
        }

    async def _answer(self, asked: Asked) -> None:
        round_ = RoundId(asked.value)
        empty = views.empty_answer_modal(round_, asked.place, wording.replies.PRESENT_UNREAD)
        await self.modals.open(
            asked, settled(lambda: self.desk.answer_form(asked.caller(), round_)), ANSWER_TITLE, empty
        )

    async def _hint(self, asked: Asked) -> None:
        round_, (_, number) = round_of(asked.value), _numbered(asked.value)
        content = settled(lambda: self.desk.hint(asked.caller(), round_, number))
        await self.modals.hint(asked, content, names.HINT)

    async def _grade(self, asked: Asked) -> None:
        content = settled(lambda: self.desk.grade(asked.caller(), RoundId(asked.value)))
        await self.modals.open(asked, content, "My grade")

    async def _leaderboard(self, asked: Asked) -> None:
        kind = PeriodKind(asked.value) if asked.value in set(PeriodKind) else PeriodKind.WEEK
        await self.modals.show(asked, self.desk.leaderboard(asked.caller(), kind), "Leaderboard")

    async def _practise(self, asked: Asked) -> None:
        wanted, _, passing = asked.value.partition("|")
        await self.modals.show(asked, self.desk.practise(asked.caller(), wanted, passing), "Practice")

    async def _practice_answer(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.practice_form(asked.caller(), asked.value), "Practice")

    async def _practice_hint(self, asked: Asked) -> None:
        question, number = _numbered(asked.value)
        content = self.desk.practice_hint(asked.caller(), question, number)
        await self.modals.hint(asked, content, names.PRACTICE_HINT)

    async def _practice_show(self, asked: Asked) -> None:
        question, _, times = asked.value.partition(" ")
        content = self.desk.practice_show(asked.caller(), question, int(times) if times.isdigit() else None)
        await self.modals.show(asked, content, "Model answer")

    async def _practice_grade(self, asked: Asked) -> None:
        await self.modals.open(asked, self.desk.practice_grade(asked.caller(), asked.value), "Practice")

    async def _swap(self, asked: Asked) -> None:
        await self.modals.show(asked, self._swapped(asked), "Next question")

    async def _swapped(self, asked: Asked) -> NextQuestionView | NoticeView:
        caller, standing = await self.commands.as_admin(asked)
        return kindly(await self.desk.swap(caller, asked.value), standing)

    async def _setup(self, asked: Asked) -> None:
        await self.commands.setup_form(replace(asked, place=PlaceId(asked.value)) if asked.value else asked)

    async def _appeal(self, asked: Asked) -> None:
        content = self.desk.grade(asked.caller(), RoundId(asked.value))
        await self.modals.replace(asked, content, "Appeal", modals.appeal)

    async def _review(self, asked: Asked) -> None:
        await self.modals.replace(asked, self._item(asked), "Review", modals.decision)

    async def _item(self, asked: Asked) -> ReviewView | NoticeView:
        caller, standing = await self.commands.as_admin(asked)
        return kindly(await self.desk.review_item(caller, asked.value), standing)

    async def _command(self, asked: Asked) -> None:
        name, _, text = asked.value.partition(" ")
        await self.commands.carry_out(asked, name, text)


def _numbered(value: str) -> tuple[str, int]:
    """Read "<what> <number> …"; the first, where no number is said."""
    what, number, *_ = [*value.split(), "", ""]
    return what, int(number) if number.isdigit() else 1
