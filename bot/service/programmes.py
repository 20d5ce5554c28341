"""What a place has asked for: setting it up, changing it, and ending it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot import wording
from bot.domain.choose import matching
from bot.domain.ids import programme_and_date, programme_of
from bot.domain.programme import Occurrence, Programme, ProgrammeState, Schedule
from bot.domain.reply import clean
from bot.ports import Agenda, Calendar, Caller, Clock, ProgrammeStore, Questions, RoundStore, SetupRequest
from bot.service.by_hand import post_refused, reveal_present
from bot.service.changelog import ChangeLog
from bot.service.openings import UPCOMING
from bot.service.setup import DEFAULT_AT, DEFAULT_REVEAL_AT, choices, faults_view, present, read
from bot.service.status import Status
from bot.views import NoticeView, SetupFaultsView, SetupFormView, StatusView

log = logging.getLogger(__name__)

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Programmes:
    programmes: ProgrammeStore
    rounds: RoundStore
    agenda: Agenda
    questions: Questions
    calendar: Calendar
    clock: Clock
    status: Status
    changelog: ChangeLog

    async def setup(
        self, caller: Caller, request: SetupRequest, wrong: Sequence[str] = (), seen: int | None = None
    ) -> StatusView | SetupFaultsView | NoticeView:
        """Set the quiz up, or change it; all that is ``wrong`` already and every wrong value is named, and nothing changed."""
        topics = self._topics()
        saved = False
        while not saved:  # a turn is lost only to somebody else's change, which is then read
            before = await self.programmes.get(programme_of(caller.place))
            wanted, faults = read(request, caller, before, topics)
            if seen is not None and (view := _overtaken(caller, before, wanted, seen)):
                return view
            if view := faults_view(wrong, faults, self.calendar.faults(wanted.schedule)) or self._unmatched(wanted):
                return view
            wanted = replace(wanted, state=ProgrammeState.ACTIVE, pause_reason="")
            saved = await self._save(wanted, before)
        await self._note_setup(caller, before, wanted)
        await post_refused(self.rounds, self.agenda, caller.place)
        return await self.status.of(caller)

    def _unmatched(self, wanted: Programme) -> SetupFaultsView | None:
        """Return what is to be said of topics and levels that no question has together: every day would be skipped."""
        if matching(self.questions.all(), wanted.topics, wanted.levels or None):
            return None
        sentence = wording.programmes.no_question_has(wanted.topics, wanted.levels)
        return SetupFaultsView(text=wording.programmes.setup_faults([sentence]), faults=(("levels", sentence),))

    async def _note_setup(self, caller: Caller, before: Programme | None, wanted: Programme) -> None:
        was, is_ = present(before, caller), present(wanted, caller)
        changed = {
            wording.programmes.setup_word(name): (was[name], is_[name]) for name in is_ if was[name] != is_[name]
        }
        if before is None:
            await self.changelog.note(caller, wording.changes.SET_UP)
            return
        if "admins" in changed:
            changed["admins"] = wording.changes.named(len(before.admins), len(wanted.admins))
        if changed or before.state is not ProgrammeState.ACTIVE:
            again = before.state is not ProgrammeState.ACTIVE
            await self.changelog.note(caller, wording.changes.set_up(changed, again=again))

    async def setup_form(self, caller: Caller, zone: str = "") -> SetupFormView:
        """Return the form as things are; before the first setup, with this zone if there is such a one."""
        before = await self.programmes.get(programme_of(caller.place))
        values = present(before, caller)
        if before is None and zone and self._is_zone(zone):
            values["zone"] = zone
        return SetupFormView(
            note=wording.programmes.SETUP_NOTE,
            values=tuple((name, value, wording.programmes.SETUP_MEANINGS[name]) for name, value in values.items()),
            choices=choices(before, caller, self._topics()),
            revision=before.revision if before else 0,
        )

    def _is_zone(self, zone: str) -> bool:
        return "zone" not in self.calendar.faults(Schedule(at=DEFAULT_AT, reveal_at=DEFAULT_REVEAL_AT, zone=zone))

    def _topics(self) -> frozenset[str]:
        return frozenset(question.topic for question in self.questions.all())

    async def is_looked_after_by(self, caller: Caller) -> bool:
        """Tell whether the caller has set the quiz up here, or was named to look after it."""
        programme = await self.programmes.get(programme_of(caller.place))
        return programme is not None and caller.member in programme.looked_after_by()

    async def pause(self, caller: Caller, reason: str = "") -> NoticeView:
        reason = " ".join(clean(reason).split())[:_LONGEST_REASON]
        done = wording.programmes.paused(reason)
        return await self._change(caller, ProgrammeState.PAUSED, done, wording.changes.PAUSED, reason)

    async def resume(self, caller: Caller) -> NoticeView:
        """Go on; a reveal that the chat refused is posted, if its self-check is still open."""
        notice = await self._change(caller, ProgrammeState.ACTIVE, wording.programmes.RESUMED, wording.changes.RESUMED)
        posted = await post_refused(self.rounds, self.agenda, caller.place)
        return NoticeView(text=f"{notice.text} {wording.programmes.REVEALING}") if posted else notice

    async def remove(self, caller: Caller) -> NoticeView:
        """End the quiz in this place; what is open is revealed first, at once."""
        notice = await self._change(caller, ProgrammeState.REMOVED, wording.programmes.REMOVED, wording.changes.REMOVED)
        await reveal_present(self.rounds, self.agenda, caller.place)
        return notice

    async def _change(
        self, caller: Caller, state: ProgrammeState, done: str, what: str, reason: str = ""
    ) -> NoticeView:
        saved = False
        while not saved:  # as in setup
            programme = await self.programmes.get(programme_of(caller.place))
            if programme is None:
                return NoticeView(text=wording.programmes.NO_PROGRAMME)
            if state is ProgrammeState.PAUSED and programme.state is ProgrammeState.REMOVED:
                return NoticeView(text=wording.programmes.NOTHING_TO_PAUSE)
            if state is programme.state is ProgrammeState.ACTIVE:
                return NoticeView(text=wording.programmes.RUNNING)
            if (programme.state, programme.pause_reason) == (state, reason):
                return NoticeView(text=done)
            by = caller.member if reason else None
            saved = await self._save(replace(programme, state=state, pause_reason=reason, paused_by=by), programme)
        await self.changelog.note(caller, what, reason)
        return NoticeView(text=done)

    async def _save(self, programme: Programme, before: Programme | None) -> bool:
        """Keep a changed programme; False if somebody else has changed it since it was read."""
        upcoming: list[Occurrence] = []
        if programme.state is ProgrammeState.ACTIVE:
            now = self.clock.now()
            following = islice(self.calendar.following(programme.schedule, now), UPCOMING)
            upcoming = [*await self._due(programme, before, now), *following]
        saved = await self.programmes.save(programme, upcoming)
        if saved:
            log.info("programme saved", extra={"programme": saved.id, "state": saved.state, "revision": saved.revision})
        return saved is not None

    async def _due(self, programme: Programme, before: Programme | None, now: datetime) -> list[Occurrence]:
        """Return the opening that is due and not yet carried out, if the change leaves its time as it was."""
        next_ = await self.programmes.next_opening(programme.id) if before else None
        if before is None or next_ is None:
            return []
        _, day, _ = programme_and_date(next_)
        was, will = (self.calendar.occurrence(one.schedule, day) for one in (before, programme))
        return [will] if was and will and was.asks_at == will.asks_at <= now else []


def _overtaken(caller: Caller, before: Programme | None, wanted: Programme, seen: int) -> SetupFaultsView | None:
    """Return what is to be said to who filled in a form while somebody else changed the programme."""
    if before is None or before.revision == seen:
        return None
    now, then = present(before, caller), present(wanted, caller)
    others = {wording.programmes.setup_word(name): value for name, value in now.items() if value != then[name]}
    if not others:
        return None
    sentence = wording.programmes.changed_since(others)
    return SetupFaultsView(text=wording.programmes.setup_faults([sentence]), faults=(("", sentence),))
