"""Messages of channels and threads: said, read, changed, taken away."""

from tests.fakes.discord import events, written_messages
from tests.fakes.discord.posting import compose, post, take_away
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rest.call import NOTHING, Call, Reply
from tests.fakes.discord.things import DM, REPLY, Channel, Json, Message, when
from tests.fakes.discord.world import World


def create(call: Call) -> Reply:
    world, channel, body = call.world, call.channel, call.json
    _may_write(world, channel, files=bool(call.uploads))
    again = _with_nonce(world, body)
    if again:
        return 200, written(world, again)
    message = Message(id=world.new_id(), channel=channel.id, author=world.bot.id)
    _reply_to(world, channel, message, body)
    compose(world, message, body, call.uploads, "create")
    message.nonce = body.get("nonce")
    return 200, written(world, post(world, channel, message))


def get(call: Call) -> Reply:
    if call.channel.guild:
        call.world.need(call.channel, "read_message_history")
    return 200, written(call.world, call.message)


def history(call: Call) -> Reply:
    """From newest to oldest. Without Read Message History it is empty, and says nothing of that."""
    world, channel = call.world, call.channel
    limit = call.number("limit", 50, 1, 100)
    ways = [name for name in ("around", "before", "after") if name in call.query]
    problems = Problems()
    if len(ways) > 1:
        problems.add(ways[1], "before, after and around are mutually exclusive")
    for name in ways:
        if not call.query[name].isdigit():
            problems.add(name, f"Value {call.query[name]!r} is not snowflake.", "NUMBER_TYPE_COERCE")
    problems.refuse()
    if channel.guild and not world.may(world.bot.id, channel, "read_message_history"):
        return 200, []
    pages = {"after": _after, "before": _before, "around": _around}
    page = pages[ways[0]](channel, int(call.query[ways[0]]), limit) if ways else channel.messages[-limit:]
    return 200, [written(world, message) for message in reversed(page)]


def _after(channel: Channel, mark: int, limit: int) -> list[Message]:
    return [message for message in channel.messages if int(message.id) > mark][:limit]


def _before(channel: Channel, mark: int, limit: int) -> list[Message]:
    return [message for message in channel.messages if int(message.id) < mark][-limit:]


def _around(channel: Channel, mark: int, limit: int) -> list[Message]:
    return _before(channel, mark, limit // 2) + _after(channel, mark - 1, limit - limit // 2)


def edit(call: Call) -> Reply:
    world, message = call.world, call.message
    if message.author != world.bot.id:
        raise Refusal(403, 50005)
    call.need_open()
    compose(world, message, call.json, call.uploads, "edit")
    message.edited = world.now()
    events.changed(world, message)
    return 200, written(world, message)


def delete(call: Call) -> Reply:
    if call.message.author != call.world.bot.id:
        call.world.need(call.channel, "manage_messages")
    take_away(call.world, call.message)
    return NOTHING


def written(world: World, message: Message) -> Json:
    """As the REST API gives it to the bot."""
    return written_messages.message_object(world, message, readable="message_content" in world.privileged)


def _may_write(world: World, channel: Channel, *, files: bool) -> None:
    if channel.type == DM:
        person = world.people[str(channel.recipient)]
        together = any({person.id, world.bot.id} <= guild.members.keys() for guild in world.guilds.values())
        if not together or not person.takes_dms:
            raise Refusal(403, 50007)
        return
    world.need(channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    if files:
        world.need(channel, "attach_files")
    if channel.locked and not world.may(world.bot.id, channel, "manage_threads"):
        raise Refusal(403, 160005)


def _with_nonce(world: World, body: Json) -> Message | None:
    """What was said with this nonce in the last minutes, if it is to be looked for."""
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    for channel in world.channels.values():
        for message in channel.messages:
            age = (world.now() - when(message.id)).total_seconds()
            same = message.nonce is not None and str(message.nonce) == str(nonce)
            if same and message.author == world.bot.id and age < world.nonce_seconds:
                return message
    return None


def _reply_to(world: World, channel: Channel, message: Message, body: Json) -> None:
    reference = body.get("message_reference")
    if not reference:
        return
    problems = Problems()
    known = {"type", "message_id", "channel_id", "guild_id", "fail_if_not_exists"}
    problems.fields("message_reference", reference, known, {"message_id"})
    problems.refuse()
    if channel.guild and not world.may(world.bot.id, channel, "read_message_history"):
        raise Refusal(403, 160002)
    if channel.find(str(reference["message_id"])):
        message.reply_to, message.type = str(reference["message_id"]), REPLY
    elif reference.get("fail_if_not_exists", True):
        problems.add("message_reference", "Unknown message", "REPLIES_UNKNOWN_MESSAGE")
        problems.refuse()
