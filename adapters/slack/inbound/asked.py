"""Who asks, where, by what: read from what Slack sends, whole, whatever it is that was typed, pressed or sent."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from adapters.slack import forms, names
from adapters.slack.threads import PLATFORM
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part, member_id, place_id, programme_and_date
from bot.ports import Caller

Payload = Mapping[str, Any]


class Surface(Enum):
    """On what a person acted, and where the answer is best seen."""

    MESSAGE = auto()
    MODAL = auto()
    HOME = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One interaction. ``delivery`` is the same in a redelivery and differs otherwise.

    ``place`` is that of the channel in which it happened or that a form or a button names. ``thread`` is the thread of the
    message that was acted on, ``respond`` an address at which Slack takes private answers for half an hour, ``trigger`` what
    opens a form within three seconds; each may be empty. ``view`` is the form or page that was acted on.
    """

    place: PlaceId
    member: MemberId
    delivery: str
    surface: Surface = Surface.MESSAGE
    thread: str = ""
    respond: str = ""
    trigger: str = ""
    value: str = ""
    view: Payload

    @property
    def channel(self) -> str:
        return last_part(self.place)

    @property
    def from_home(self) -> bool:
        """Whether a form was opened from the home page."""
        return forms.about(self.view).get(_PAGE) == _HOME

    @property
    def user(self) -> str:
        return last_part(self.member)

    def caller(self, *, admin: bool = False) -> Caller:
        return Caller(place=self.place, member=self.member, delivery=self.delivery, admin=admin)


def typed(team: str, body: Payload) -> Asked:
    """Read a slash command."""
    return Asked(
        place=place_id(PLATFORM, team, body["channel_id"]),
        member=member_id(PLATFORM, team, body["user_id"]),
        delivery=body["trigger_id"],
        respond=body.get("response_url", ""),
        trigger=body["trigger_id"],
        view={},
    )


def pressed(team: str, body: Payload) -> Asked:
    """Read a press of a button, in a message, a form or the home page."""
    view = body.get("view") or {}
    value = body["actions"][0].get("value") or ""
    return Asked(
        place=_place(team, body, view, value),
        member=member_id(PLATFORM, team, body["user"]["id"]),
        delivery=f"{body['trigger_id']}:{body['actions'][0].get('action_ts', '')}",
        surface={"modal": Surface.MODAL, "home": Surface.HOME}.get(view.get("type", ""), Surface.MESSAGE),
        thread=_thread(body),
        respond=body.get("response_url") or "",
        trigger=body["trigger_id"],
        value=value,
        view=view,
    )


def sent(team: str, body: Payload) -> Asked:
    """Read a form that was sent."""
    view = body["view"]
    about = forms.about(view)
    return Asked(
        place=PlaceId(about["place"]),
        member=member_id(PLATFORM, team, body["user"]["id"]),
        delivery=body.get("trigger_id") or _fingerprint(view),
        surface=Surface.MODAL,
        thread=about.get(_THREAD, ""),
        respond=about.get(_RESPOND, ""),
        trigger=body.get("trigger_id") or "",
        view=view,
    )


_THREAD, _RESPOND, _PAGE = "thread", "respond", "page"
_HOME = "home"


def with_origin(modal: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """Return the form with a note of where it was opened, so that what comes of it is shown there."""
    page = _HOME if asked.surface is Surface.HOME else ""
    said = {_THREAD: asked.thread, _RESPOND: asked.respond, _PAGE: page}
    origin = {name: text for name, text in said.items() if text}
    known = json.loads(modal.get("private_metadata") or "{}")
    return {**modal, "private_metadata": json.dumps({**origin, **known})}


def round_of(value: str) -> RoundId | None:
    """Return the round with which a button's value begins, if it does."""
    round_ = RoundId(value.partition(" ")[0])
    try:
        programme_and_date(round_)
    except ValueError:
        return None
    return round_


def _place(team: str, body: Payload, view: Payload, value: str) -> PlaceId:
    """A message stands in its place, a form knows it; on the home page the button or its block names one."""
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    if channel and not view:
        return place_id(PLATFORM, team, channel)
    kind, _, named = (body["actions"][0].get("block_id") or "").partition(":")
    if kind == names.PLACE:
        return PlaceId(named)
    if round_ := round_of(value):
        return PlaceId(programme_and_date(round_)[0])
    return PlaceId(forms.about(view).get("place", ""))


def _thread(body: Payload) -> str:
    """Return the thread in which the pressed message stands; a message that others stand under is in none itself."""
    message, container = body.get("message") or {}, body.get("container") or {}
    thread = message.get("thread_ts") or container.get("thread_ts") or ""
    own = message.get("ts") or container.get("message_ts")
    return "" if thread == own else thread


def _fingerprint(view: Payload) -> str:
    said = json.dumps(view.get("state"), sort_keys=True).encode()
    return f"{view['id']}:{view.get('hash', '')}:{hashlib.sha256(said).hexdigest()[:16]}"
