"""What is typed: /quiz, /quiz-admin and /leaderboard. Every answer is private; what has a form opens it."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.discord import commands
from adapters.discord.inbound.answers import Answers, Response
from adapters.discord.inbound.asked import Asked
from adapters.discord.inbound.marks import Marks
from adapters.discord.inbound.modals import Modals
from adapters.discord.inbound.preflight import preflight
from adapters.discord.inbound.private import Private
from adapters.discord.views import Message, private_message
from bot import wording
from bot.ports import Desk
from bot.views import NoticeView, PrivateView, ReceiptView, StatusView

_FORMS = frozenset({("quiz", "answer"), ("quiz-admin", "setup")})
"""The commands that open a form when nothing else is typed."""
_ONLY_SHOWN = frozenset({("leaderboard", ""), ("quiz", "me"), ("quiz", "help")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    desk: Desk
    answers: Answers
    modals: Modals
    private: Private
    marks: Marks
    topics: Sequence[str]
    zones: Sequence[str]

    async def typed(self, asked: Asked) -> None:
        if names := commands.unmentioned(asked.data):
            await self.private.say(asked, NoticeView(text=wording.programmes.unmentioned(names)))
        elif asked.name in commands.NAMES:
            await self.carry_out(asked, *commands.line_of(asked.data))
        else:
            await self.private.say(asked, NoticeView(text=wording.desk.unknown_command(f"/{asked.name}", None)))

    async def carry_out(self, asked: Asked, name: str, text: str, *, in_place: bool = False) -> None:
        """Do what was typed, or stands behind a button."""
        if (name, text.strip()) in _FORMS:
            await self.modals.open(asked, self._answer(asked, name, text))
            return
        is_setup = name == "quiz-admin" and text.split()[:1] == ["setup"]

        def drawn(view: PrivateView) -> Sequence[Message]:
            return [*private_message(view), *(looked(asked, view) if is_setup else ())]

        if (name, text.split()) == ("quiz", ["forget-me", "yes"]):
            self.modals.drafts.forget(asked.member)
        view = await self.private.show(
            asked,
            lambda: self._answer(asked, name, text),
            in_place=in_place,
            only_shows=(name, text.strip()) in _ONLY_SHOWN,
            drawing=drawn,
        )
        if isinstance(view, ReceiptView):
            await self.marks.follow(asked.place, view)

    async def completed(self, asked: Asked) -> None:
        """Say what may be meant by what is being typed, from memory."""
        choices = commands.autocomplete(asked.data, topics=self.topics, zones=self.zones)
        await self.answers.first(asked, Response.CHOICES, {"choices": choices})

    async def _answer(self, asked: Asked, name: str, text: str) -> PrivateView:
        caller = asked.caller()
        if (name, text.strip()) == ("quiz-admin", "setup"):
            return await self.desk.setup_form(caller)
        return await self.desk.command(caller, name, text)


def looked(asked: Asked, view: PrivateView, collect: str = "") -> Sequence[Message]:
    """Return what the bot found out about a channel in which the quiz was just set up."""
    return private_message(preflight(asked, collect)) if isinstance(view, StatusView) else ()
