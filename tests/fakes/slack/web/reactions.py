"""reactions.*: the bot's small signs under messages."""

import re

from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import Message
from tests.fakes.slack.web.call import Call, Method


def add(call: Call) -> Json:
    message, name = _target(call)
    users = message.reactions.setdefault(name, [])
    if call.slack.bot.id in users:
        raise Refusal("already_reacted")
    users.append(call.slack.bot.id)
    return {"ok": True}


def remove(call: Call) -> Json:
    message, name = _target(call)
    users = message.reactions.get(name, [])
    if call.slack.bot.id not in users:
        raise Refusal("no_reaction")
    users.remove(call.slack.bot.id)
    if not users:
        del message.reactions[name]
    return {"ok": True}


def _target(call: Call) -> tuple[Message, str]:
    channel, name = call.channel(), call.text("name")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name")
    if channel.archived:
        raise Refusal("is_archived")
    message = channel.find(call.text("timestamp"))
    if message is None or message.subtype == "tombstone":
        raise Refusal("message_not_found")
    return message, name


METHODS = {
    "reactions.add": Method(carry_out=add, scope="reactions:write"),
    "reactions.remove": Method(carry_out=remove, scope="reactions:write"),
}
