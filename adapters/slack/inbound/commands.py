"""What is typed: /quiz, /quiz-admin and /leaderboard. Every answer is private; what has a form opens it."""

import re
from dataclasses import dataclass
from typing import TypeVar

from adapters.slack.inbound.asked import Asked, Payload
from adapters.slack.inbound.marks import Marks
from adapters.slack.inbound.modals import Modals
from adapters.slack.inbound.preflight import Preflight
from adapters.slack.inbound.private import Private
from adapters.slack.inbound.standing import Standing, Standings
from adapters.slack.threads import plain
from bot import wording
from bot.domain.programme import NOTHING
from bot.ports import Caller, Desk
from bot.views import NoticeView, PrivateView, ReceiptView, StatusView

V = TypeVar("V")

NOT_KNOWN = (
    "Slack did not say just now who looks after this channel, so nothing was done. Please try again in a moment."
)
NO_CHANNEL = "The quiz needs a channel: type /quiz-admin setup in the one that is to have it."
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_NAMED = re.compile(r"\badmins\s*=\s*(.*?)(?=\s+\w+\s*=|$)", re.IGNORECASE | re.DOTALL)
_MEMBER = re.compile(r"@?[UW][A-Z0-9]+")
ANSWER_TITLE, SETUP_TITLE = "Your answer", "Set the quiz up"
_ADMINS = "quiz-admin"
_TITLES = {("quiz", "answer"): ANSWER_TITLE, (_ADMINS, "setup"): SETUP_TITLE}
"""The commands that open a form when nothing else is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    desk: Desk
    modals: Modals
    standings: Standings
    private: Private
    preflight: Preflight
    marks: Marks

    async def typed(self, asked: Asked, body: Payload) -> None:
        name, text = body["command"].lstrip("/"), body.get("text") or ""
        # Who is named to look after the quiz is named by an id; elsewhere a mention is read as people see it.
        await self.carry_out(asked, name, plain(_MENTION.sub(r"@\1", text) if name == _ADMINS else text))

    def opens_form(self, body: Payload) -> bool:
        """Tell whether what was typed opens a form, for which there are three seconds."""
        return _title(body["command"].lstrip("/"), body.get("text") or "") is not None

    async def carry_out(self, asked: Asked, name: str, text: str) -> None:
        """Do what was typed, or stands behind a button."""
        content = self._answer(asked, name, text)
        title = _title(name, text)
        if title:
            await self.modals.open(asked, content, title)
            return
        view = await self.modals.show(asked, content, name)
        if isinstance(view, ReceiptView):
            await self.marks.follow(asked.place, view)
        if isinstance(view, StatusView) and text.split()[:1] == ["setup"]:
            await self.private.say(asked, await self.preflight.of(asked))

    async def setup_form(self, asked: Asked) -> None:
        await self.modals.open(asked, self._setup_form(asked), SETUP_TITLE)

    async def as_admin(self, asked: Asked) -> tuple[Caller, Standing]:
        """Return the caller with what Slack knows of the caller's standing."""
        standing = await self.standings.of(asked)
        return asked.caller(admin=bool(standing.admin)), standing

    async def _answer(self, asked: Asked, name: str, text: str) -> PrivateView:
        if name != _ADMINS:
            return await self.desk.command(asked.caller(), name, text)
        if text.strip().lower() == "setup":
            return await self._setup_form(asked)
        caller, standing = await self.as_admin(asked)
        is_setup = text.split()[:1] == ["setup"]
        if standing.direct and is_setup:
            return NoticeView(text=NO_CHANNEL)
        if is_setup and (names := _unmentioned(text)):
            return NoticeView(text=wording.programmes.unmentioned(names))
        return kindly(await self.desk.command(caller, name, text), standing)

    async def _setup_form(self, asked: Asked) -> PrivateView:
        caller, standing = await self.as_admin(asked)
        if standing.direct:
            return NoticeView(text=NO_CHANNEL)
        return kindly(await self.desk.setup_form(caller, standing.zone), standing)


def _title(name: str, text: str) -> str | None:
    return _TITLES.get((name, text.strip().lower()))


def _unmentioned(text: str) -> str:
    """Return whom somebody wants to look after the quiz and has written without a mention or an id: nobody is called so."""
    named = _NAMED.search(text)
    said = named[1].replace(",", " ").split() if named else ()
    return ", ".join(one for one in said if one.lower() not in NOTHING and not _MEMBER.fullmatch(one))


def kindly(view: V, standing: Standing) -> V | NoticeView:
    """Say that it is not known who looks after the place, where that is why nothing was done."""
    if standing.admin is None and isinstance(view, NoticeView) and view.text == wording.desk.NOT_ADMIN:
        return NoticeView(text=NOT_KNOWN)
    return view
