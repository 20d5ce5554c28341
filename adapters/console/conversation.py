"""What people in a terminal say, handed to the desk; what it answers, shown to the one who asked."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing

from adapters.console.chat import PLATFORM, ConsoleChat
from adapters.console.forms import YES_OR_NO, Form, is_taken, taken_for, words
from adapters.console.lines import Coming
from adapters.console.practising import Practising
from adapters.console.screen import Screen
from adapters.console.speech import WORDS, Line, is_name, messages, nobody_speaks, parse, unfit_name, unknown_word
from bot import wording
from bot.domain.ids import MemberId, PlaceId, RoundId, member_id, team_of
from bot.domain.reply import Reply, Via, ticks_named
from bot.ports import Caller, Clock, Desk, OutcomeUnknown, Refused
from bot.views import (
    AnswerView,
    ConfirmView,
    GradeView,
    HelpView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    SetupFormView,
)

Handler = Callable[[str, str], Awaitable[PrivateView]]

DID_YOU_MEAN_QUIT = "Did you mean /quit? Nothing was written."
STILL_OPEN = "The form is still open: your next line is taken for it. /cancel leaves it."
LEFT_OPEN = "No form is open, so there is nothing to leave."
LEFT = "Everything is as it was."
NOT_POSTED = (
    "You were practising, so nothing was posted. To reply to the question of the day for all to read, say it once more; "
    "/quiz answer TEXT does so in private."
)
NO_MESSAGE = "You have no message here that could be changed; a private answer is changed with /quiz answer."
NO_TEXT = "Say what your message is to be: /edit and the whole new text. /delete takes it away."
WHICH_HINT = "Say which hint by its number: /hint 1."
ANOTHER_QUESTION = "Another question was revealed since your grade was shown: look at this one first, then tick."
NOT_WRITTEN = "Your message could not be written to the room, so it does not count: please try again in a moment."

HELP = HelpView(
    title="In this terminal",
    commands=(
        ("/quiz answer [TEXT]", "answer privately; without a text your next line is the answer"),
        ("TEXT", "reply to the open question, for all to read"),
        ("/as NAME", "go on as somebody else"),
        ("ana: TEXT", "one line as ana, once ana has spoken here"),
        ("/quiz ask [TOPIC] [LEVEL]", "practise alone; your next line is the answer"),
        ("/tick 1 3", "say which key points your practice reply makes; /tick none says none"),
        ("/show, /another", "the answer of the practice question, or another question"),
        ("/hint [NUMBER]", "a hint for what you practise, else for the open question"),
        ("/grade", "your own grade after the reveal"),
        ("/grade 1 3 [-- REASON]", "keep exactly these key points; /grade none keeps none"),
        ("/edit TEXT, /delete", "change or take away your last open reply"),
        ("/leaderboard [day|week|month|season|all] [team]", "the ranking"),
        ("/cancel", "leave a form that was opened"),
        ("/quit", "leave this chat"),
    ),
    closing="/quiz help lists what the quiz itself understands.",
)


class Conversation:
    """The people who type into one terminal, in one place. No line makes it fail: each is done, or answered with a sentence.

    ``ids`` gives a name to each interaction, never the same twice, also not after a restart. Everyone here may do what admins may.
    ``keyboard``: the lines are being typed, so a word before a colon is seldom a person, and lines that come together are one paste.
    """

    def __init__(
        self,
        *,
        chat: ConsoleChat,
        desk: Desk,
        place: PlaceId,
        screen: Screen,
        clock: Clock,
        ids: Callable[[], str],
        keyboard: bool = False,
    ) -> None:
        self._chat = chat
        self._desk = desk
        self._place = place
        self._screen = screen
        self._clock = clock
        self._ids = ids
        self._keyboard = keyboard
        self._speaker: str | None = None
        self._known: set[str] = set()
        self._forms: dict[str, Form] = {}
        self._in_private: set[str] = set()
        self._grades: dict[str, RoundId] = {}
        self._practising = Practising(desk, self._caller)
        self._words: Mapping[str, Handler] = {
            **self._practising.words,
            "hint": self._hint,
            "grade": self._grade,
            "edit": self._edit,
            "delete": self._delete,
            "cancel": self._cancel,
        }

    @property
    def speaker(self) -> str | None:
        """Who speaks when a line names nobody."""
        return self._speaker

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Take one line after the other until /quit or the end."""
        self._listen()
        async with aclosing(Coming(lines)) as coming:
            while (line := await coming.next()) is not None:
                for message in await self._together(line, coming):
                    if not self._keyboard:
                        self._screen.echo(message)
                    if not await self.take(message):
                        return
                    self._listen()

    def _listen(self) -> None:
        self._screen.listen(self._speaker, taken_for(self._forms.get(self._speaker or "")))

    async def _together(self, line: str, coming: Coming) -> Sequence[str]:
        """Return what was sent at once, as messages: the lines of a paste are one, and stay where their first line went."""
        if not self._keyboard or line.strip() == "/quit":
            return [line]
        pasted = "\n".join([line, *await coming.pasted()])
        return [pasted] if self._speaker in self._forms and not line.startswith("/") else messages(pasted)

    async def take(self, line: str) -> bool:
        """Do what one line says; False if it was /quit."""
        writing = self._speaker is not None and (self._keyboard or self._speaker in self._forms)
        said = parse(line, self._speaker, self._known, writing=writing)
        match said.word:
            case "quit":
                return False
            case "help":
                self._screen.show(HELP, alone=said.speaker)
            case "as":
                self._speak_as(said)
            case None if not said.text:
                pass
            case word if word is not None and word not in WORDS:
                self._screen.show(NoticeView(text=unknown_word(word)), alone=said.speaker)
            case None if self._keyboard and said.text.lower() in {"quit", "exit"}:
                self._screen.show(NoticeView(text=DID_YOU_MEAN_QUIT), alone=said.speaker)
            case _ if said.speaker is None:
                self._screen.show(NoticeView(text=nobody_speaks(line)))
            case _:
                await self._answer(said, said.speaker)
        return True

    def _speak_as(self, said: Line) -> None:
        name = said.text.lower()
        if is_name(name):
            self._speaker = name
            self._known.add(name)
        else:
            self._screen.show(NoticeView(text=unfit_name(said.text)), alone=said.speaker)

    async def _answer(self, said: Line, name: str) -> None:
        self._known.add(name)
        self._screen.seat(self._member(name))
        try:
            view = await self._answered(said, name)
        except (OutcomeUnknown, Refused):
            view = NoticeView(text=NOT_WRITTEN)
        self._follow(said, name, view)
        self._practising.saw(name, view)
        if isinstance(view, GradeView):
            self._grades[name] = view.round
        self._screen.show(view, alone=name)

    def _follow(self, said: Line, name: str, view: PrivateView) -> None:
        """Let what somebody was shown decide what becomes of their next line."""
        form = self._forms.get(name)
        if isinstance(view, Form):
            self._forms[name] = view
        elif isinstance(form, ConfirmView) and words(f"/{said.word} {said.text}") == words(form.command):
            del self._forms[name]  # it was confirmed by its command
        elif isinstance(form, PracticeView) and isinstance(view, AnswerView):
            del self._forms[name]  # whoever has seen the answer has none of their own to give
        if isinstance(view, PracticeGradeView | AnswerView):
            self._in_private.add(name)

    async def _answered(self, said: Line, name: str) -> PrivateView:
        if said.word is None:
            return await self._text(name, said.text)
        if said.word in {"quiz", "quiz-admin", "leaderboard"}:
            return await self._desk.command(self._caller(name), said.word, said.text)
        return await self._words[said.word](name, said.text)

    async def _text(self, name: str, text: str) -> PrivateView:
        """Plain text fills the form that is open, or stands for all to read under the open question."""
        form = self._forms.get(name)
        if form:
            view = await self._filled(name, form, text)
            # What was refused is put right in the next line: that one must not fall into the open.
            if is_taken(form, view):
                del self._forms[name]
            else:
                self._screen.show(view, alone=name)
                view = NoticeView(text=STILL_OPEN)
            return view
        post = await self._chat.open_question(self._place)
        if post and name in self._in_private:
            self._in_private.remove(name)
            return NoticeView(text=NOT_POSTED)
        reply = await self._chat.say(post.ref, self._member(name), text) if post else None
        return await self._desk.submit(reply) if reply else NoticeView(text=wording.replies.NO_ROUND)

    async def _filled(self, name: str, form: Form, text: str) -> PrivateView:
        if isinstance(form, SetupFormView):
            return await self._desk.command(self._caller(name), "quiz-admin", f"setup {text}")
        if isinstance(form, PracticeView):
            return await self._practising.answer(name, form, text)
        if isinstance(form, ConfirmView):
            return await self._confirmed(name, form, text.lower())
        return await self._desk.submit(self._form_reply(name, form.round, text))

    async def _confirmed(self, name: str, form: ConfirmView, text: str) -> PrivateView:
        if text not in {"yes", "no"}:
            return NoticeView(text=YES_OR_NO)
        if text == "no":
            return NoticeView(text=LEFT)
        word, *rest = words(form.command)
        return await self._desk.command(self._caller(name), word.removeprefix("/"), " ".join(rest))

    async def _hint(self, name: str, text: str) -> PrivateView:
        if not re.fullmatch("[0-9]{0,3}", text):
            return NoticeView(text=WHICH_HINT)
        form, number = self._forms.get(name), int(text or 1)
        if isinstance(form, PracticeView):
            return await self._practising.hint(name, form, number)
        return await self._desk.hint(self._caller(name), None, number)

    async def _grade(self, name: str, text: str) -> PrivateView:
        ticked, dashes, reason = f" {text} ".partition(" -- ")
        grade = await self._desk.grade(self._caller(name))
        if isinstance(grade, NoticeView) or not (ticked.strip() or dashes):
            return grade
        if self._grades.get(name, grade.round) != grade.round:
            self._screen.show(NoticeView(text=ANOTHER_QUESTION), alone=name)
            return grade
        ticks = ticks_named(ticked, len(grade.points))
        if ticks is None:
            return NoticeView(text=_which_points(len(grade.points)))
        return await self._desk.check(self._caller(name), grade.round, ticks, reason.strip())

    async def _edit(self, name: str, text: str) -> PrivateView:
        if not text:
            return NoticeView(text=NO_TEXT)
        return await self._changed(await self._chat.amend(self._place, self._member(name), text))

    async def _delete(self, name: str, _text: str) -> PrivateView:
        return await self._changed(await self._chat.withdraw(self._place, self._member(name)))

    async def _changed(self, reply: Reply | None) -> PrivateView:
        return await self._desk.submit(reply) if reply else NoticeView(text=NO_MESSAGE)

    async def _cancel(self, name: str, _text: str) -> PrivateView:
        return NoticeView(text=LEFT if self._forms.pop(name, None) else LEFT_OPEN)

    def _form_reply(self, name: str, round_: RoundId, text: str) -> Reply:
        return Reply(
            round=round_,
            member=self._member(name),
            text=text,
            via=Via.FORM,
            delivery=self._ids(),
            version=round(self._clock.now().timestamp() * 1e6),
        )

    def _caller(self, name: str) -> Caller:
        return Caller(place=self._place, member=self._member(name), delivery=self._ids(), admin=True)

    def _member(self, name: str) -> MemberId:
        return member_id(PLATFORM, team_of(self._place).partition(":")[2], name)


def _which_points(count: int) -> str:
    return f"Say which of the {count} key points your reply makes: /grade 1 {min(count, 3)}, or /grade none."
