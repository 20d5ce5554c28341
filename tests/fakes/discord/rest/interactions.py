"""Answers to what people did: the first response, and what follows by the interaction's webhook."""

import time

from tests.fakes.discord import events
from tests.fakes.discord.posting import compose, post, take_away
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rest.call import NOTHING, Call, Reply
from tests.fakes.discord.rest.messages import written
from tests.fakes.discord.rules import check_modal, numbered
from tests.fakes.discord.rules.commands import check_choices
from tests.fakes.discord.things import (
    COMMAND_RESPONSE,
    DEFAULT,
    EPHEMERAL,
    LOADING,
    REPLY,
    Interaction,
    Json,
    Message,
    Modal,
)
from tests.fakes.discord.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
"""Kinds of interactions."""
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Types of first responses."""


def respond(call: Call) -> Reply:
    """The first response. It must come in time, and there is only one."""
    world, interaction = call.world, call.world.interactions.get(call.args["token"])
    if interaction is None or interaction.id != call.args["interaction"] or interaction.dead:
        raise Refusal(404, 10062)
    if interaction.response is not None:
        raise Refusal(400, 40060)
    if time.monotonic() - interaction.began > world.response_seconds:
        interaction.dead = True
        raise Refusal(404, 10062)
    body, problems = call.json, Problems()
    kind: int = body.get("type", 0)
    if kind not in _possible(interaction):
        problems.add("type", f"Value must be one of {sorted(_possible(interaction))}.", "BASE_TYPE_CHOICES")
    problems.refuse()
    _RESPONSES[kind](call, interaction, body.get("data"))
    interaction.response = kind
    interaction.answered.set()
    with_response = call.query.get("with_response", "").lower() in {"true", "1"}
    return (200, _callback(world, interaction)) if with_response else NOTHING


def _possible(interaction: Interaction) -> set[int]:
    """The types of response that this interaction may be given."""
    if interaction.kind == AUTOCOMPLETE:
        return {CHOICES}
    types = {MESSAGE, DEFERRED}
    if interaction.kind == COMPONENT or (interaction.kind == SUBMIT and interaction.message):
        types |= {DEFERRED_UPDATE, UPDATE}
    return types | ({MODAL} if interaction.kind != SUBMIT else set())


def _say(call: Call, interaction: Interaction, data: Json | None) -> None:
    interaction.original = _new_message(call, interaction, data or {})


def _defer(call: Call, interaction: Interaction, data: Json | None) -> None:
    problems, flags = Problems(), (data or {}).get("flags") or 0
    problems.fields("data", data or {}, {"flags"})
    if flags not in {0, EPHEMERAL}:
        problems.add("data.flags", "Only EPHEMERAL can be set with a deferred response")
    problems.refuse()
    message = _blank(call.world, interaction, flags | LOADING)
    interaction.original = _stand(call.world, message)


def _defer_update(_call: Call, interaction: Interaction, _data: Json | None) -> None:
    interaction.original = interaction.message


def _update(call: Call, interaction: Interaction, data: Json | None) -> None:
    message = interaction.message
    assert message is not None
    body = {key: value for key, value in (data or {}).items() if key != "flags" or value}
    body["flags"] = int(body.get("flags") or 0) & ~EPHEMERAL
    compose(call.world, message, body, call.uploads, "edit")
    interaction.original = message
    _edited(call.world, message)


def _suggest(_call: Call, interaction: Interaction, data: Json | None) -> None:
    problems, choices = Problems(), (data or {}).get("choices")
    if not isinstance(choices, list) or len(choices) > 25:
        problems.add("data.choices", "Must be 25 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    else:
        check_choices(problems, "data.choices", choices)
    problems.refuse()
    interaction.choices = choices or []


def _open(call: Call, interaction: Interaction, data: Json | None) -> None:
    problems = Problems()
    check_modal(problems, data)
    problems.refuse()
    content = {**(data or {}), "components": numbered((data or {})["components"])}
    interaction.modal = Modal(person=interaction.person, source=interaction, content=content)
    call.world.modals[interaction.person] = interaction.modal


_RESPONSES = {
    MESSAGE: _say,
    DEFERRED: _defer,
    DEFERRED_UPDATE: _defer_update,
    UPDATE: _update,
    CHOICES: _suggest,
    MODAL: _open,
}


def _callback(world: World, interaction: Interaction) -> Json:
    """What is answered to a response, if it is asked for."""
    said: Json = {"id": interaction.id, "type": interaction.kind}
    resource: Json = {"type": interaction.response}
    message = interaction.original
    if message and interaction.response in {MESSAGE, DEFERRED}:
        said |= {
            "response_message_id": message.id,
            "response_message_loading": message.loading,
            "response_message_ephemeral": bool(message.flags & EPHEMERAL),
        }
    if message and interaction.response in {MESSAGE, UPDATE}:
        resource["message"] = written(world, message)
    return {"interaction": said, "resource": resource}


# By the webhook of the interaction, for a quarter of an hour


def follow_up(call: Call) -> Reply:
    """One more message; after a deferred response it takes the place of "thinking…"."""
    interaction = _known(call)
    original = interaction.original
    if interaction.response == DEFERRED and original and original.loading:
        _change(call, original, {key: value for key, value in call.json.items() if key != "flags"}, call.json)
        return 200, written(call.world, original)
    message = _new_message(call, interaction, call.json)
    return 200, written(call.world, message)


def get(call: Call) -> Reply:
    return 200, written(call.world, _message(call, _known(call)))


def edit(call: Call) -> Reply:
    message = _message(call, _known(call))
    _change(call, message, call.json, call.json)
    return 200, written(call.world, message)


def delete(call: Call) -> Reply:
    take_away(call.world, _message(call, _known(call)))
    return NOTHING


def _known(call: Call) -> Interaction:
    """The interaction of this token, if it was answered and is not too old."""
    interaction = call.world.interactions.get(call.args["token"])
    if interaction is None or call.args["application"] != call.world.app or interaction.response is None:
        raise Refusal(404, 10015)
    if time.monotonic() - interaction.began > call.world.token_seconds:
        raise Refusal(401, 50027)
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    """The first response, or what followed it."""
    name = call.args["message"]
    if name == "@original":
        found = interaction.original
    else:
        channel = call.world.channels[interaction.channel]
        places = [*call.world.private, *channel.messages]
        same = (message for message in places if message.id == name and message.interaction is interaction)
        found = next(same, None)
    if found is None or not _stands(call.world, found):
        raise Refusal(404, 10008)
    return found


def _stands(world: World, message: Message) -> bool:
    return message in (world.private if message.flags & EPHEMERAL else world.channels[message.channel].messages)


def _change(call: Call, message: Message, body: Json, whole: Json) -> None:
    was_loading = message.loading
    if "flags" in whole:
        body = {**body, "flags": int(whole["flags"] or 0) & ~EPHEMERAL}
    compose(call.world, message, body, call.uploads, "edit")
    if not was_loading:
        message.edited = call.world.now()
    _edited(call.world, message)


def _edited(world: World, message: Message) -> None:
    if not message.flags & EPHEMERAL:
        events.changed(world, message)


def _blank(world: World, interaction: Interaction, flags: int) -> Message:
    """What answers it, as yet without a word."""
    kind = COMMAND_RESPONSE if interaction.kind == COMMAND else DEFAULT
    message = Message(
        id=world.new_id(),
        channel=interaction.channel,
        author=world.bot.id,
        flags=flags,
        type=kind,
        interaction=interaction,
        only_for=interaction.person if flags & EPHEMERAL else None,
    )
    if interaction.message:
        message.type, message.reply_to = REPLY if interaction.kind == COMPONENT else kind, interaction.message.id
    return message


def _new_message(call: Call, interaction: Interaction, body: Json) -> Message:
    message = _blank(call.world, interaction, int(body.get("flags") or 0) & EPHEMERAL)
    compose(call.world, message, body, call.uploads, "response")
    return _stand(call.world, message)


def _stand(world: World, message: Message) -> Message:
    """Where the person sees it: with the others' messages, or for them alone."""
    if message.flags & EPHEMERAL:
        world.private.append(message)
        return message
    return post(world, world.channels[message.channel], message)
