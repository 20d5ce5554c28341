"""What people say and do in channels, and what the moderators do to them."""

from collections.abc import Iterable

from tests.fakes.discord import events, permissions
from tests.fakes.discord.posting import open_thread, pinged, post, take_away
from tests.fakes.discord.screen import NotPossible
from tests.fakes.discord.things import REPLY, Channel, Guild, Member, Message, Overwrite, Person, Role
from tests.fakes.discord.world import World


class People:
    """Each action changes the world at once; the bot hears of it as an event."""

    world: World

    def say(
        self, person: Person, channel: Channel, text: str, *, reply_to: Message | None = None, ping: bool = True
    ) -> Message:
        """Says something in a channel or thread, perhaps as a reply, which pings its author unless one says otherwise."""
        needed = "send_messages_in_threads" if channel.is_thread else "send_messages"
        if channel.recipient not in {None, person.id} or not self.world.may(person.id, channel, needed):
            raise NotPossible(f"{person.name} cannot write in {channel.name}")
        if not 0 < len(text) <= 2000:
            raise NotPossible("a message has 1 to 2000 characters")
        message = Message(id=self.world.new_id(), channel=channel.id, author=person.id, content=text)
        if reply_to:
            self._standing(reply_to)
            message.type, message.reply_to = REPLY, reply_to.id
        message.pings = _pings(self.world, message, ping=ping)
        return post(self.world, channel, message)

    def edit(self, message: Message, text: str) -> None:
        """The one who said it says it otherwise."""
        channel = self._standing(message)
        target = channel.find(message.reply_to or "")
        pinging = target is not None and target.author in message.pings
        message.content, message.edited = text, self.world.now()
        message.pings = _pings(self.world, message, ping=pinging)
        events.changed(self.world, message)

    def delete(self, message: Message) -> None:
        """Somebody who may takes a message away: its author, or a moderator."""
        self._standing(message)
        take_away(self.world, message)

    def purge(self, messages: list[Message]) -> None:
        """A moderator takes many messages of a channel away at once, of which the bot hears once."""
        channel = self._standing(messages[0])
        for message in messages:
            channel.messages.remove(message)
        events.purged(self.world, channel, [message.id for message in messages])

    def unfurl(self, message: Message, title: str) -> None:
        """Discord shows where a link in it leads: an update without an edit."""
        self._standing(message)
        message.embeds.append({"type": "link", "url": "https://example.org/", "title": title})
        events.changed(self.world, message)

    def react(self, person: Person, message: Message, emoji: str) -> None:
        users = message.reactions.setdefault(emoji, [])
        if person.id not in users:
            users.append(person.id)
            events.reacted(self.world, message, emoji, person.id)

    def unreact(self, person: Person, message: Message, emoji: str) -> None:
        message.reactions[emoji].remove(person.id)
        if not message.reactions[emoji]:
            del message.reactions[emoji]
        events.reacted(self.world, message, emoji, person.id, back=True)

    def open_thread(self, person: Person, message: Message, name: str) -> Channel:
        """Opens a thread on a message; there is at most one."""
        channel = self._standing(message)
        if not self.world.may(person.id, channel, "create_public_threads") or self.world.thread_of(message):
            raise NotPossible(f"{person.name} cannot open a thread there")
        return open_thread(self.world, message, name, person.id)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        thread.archived, thread.locked = True, locked
        events.thread_changed(self.world, thread)

    def dm(self, person: Person) -> Channel:
        """The direct conversation of this person with the bot."""
        return self.world.direct(person.id)

    # Who is there, and who may what

    def join(self, person: Person, guild: Guild, *, roles: Iterable[Role] = ()) -> None:
        member = Member(user=person.id, roles=[role.id for role in roles], joined_at=self.world.now())
        guild.members[person.id] = member
        events.member_joined(self.world, guild, person)

    def leave(self, person: Person, guild: Guild) -> None:
        del guild.members[person.id]
        events.member_left(self.world, guild, person)

    def invite_bot(self, guild: Guild, *, allow: int = permissions.INVITED) -> None:
        """The bot comes in, with a role of its own that has these permissions."""
        bot = self.world.bot
        role = Role(id=self.world.new_id(), name=bot.name, permissions=allow, bot=bot.id)
        guild.roles[role.id] = role
        guild.members[bot.id] = Member(user=bot.id, roles=[role.id], joined_at=self.world.now())
        events.guild_joined(self.world, guild)

    def kick_bot(self, guild: Guild) -> None:
        member = guild.members.pop(self.world.bot.id)
        for role in member.roles:
            del guild.roles[role]
        self.world.commands.pop(guild.id, None)
        events.guild_gone(self.world, guild, outage=False)

    def outage(self, guild: Guild) -> None:
        """The server is unavailable, until `back`."""
        guild.unavailable = True
        events.guild_gone(self.world, guild, outage=True)

    def back(self, guild: Guild) -> None:
        guild.unavailable = False
        events.guild_joined(self.world, guild)

    def deny(self, channel: Channel, who: Person | Role, *names: str) -> None:
        """Takes these permissions away in a channel, as `send_messages`."""
        overwrite = self._overwrite(channel, who)
        overwrite.deny |= permissions.bits(names)
        overwrite.allow &= ~permissions.bits(names)
        events.channel_changed(self.world, channel)

    def allow(self, channel: Channel, who: Person | Role, *names: str) -> None:
        overwrite = self._overwrite(channel, who)
        overwrite.allow |= permissions.bits(names)
        overwrite.deny &= ~permissions.bits(names)
        events.channel_changed(self.world, channel)

    def rename(self, channel: Channel, name: str) -> None:
        channel.name = name
        events.channel_changed(self.world, channel)

    def delete_channel(self, channel: Channel) -> None:
        """The channel with its threads, or a thread."""
        for thread in [each for each in self.world.channels.values() if each.parent == channel.id]:
            self.delete_channel(thread)
        events.channel_deleted(self.world, channel)
        del self.world.channels[channel.id]

    def _overwrite(self, channel: Channel, who: Person | Role) -> Overwrite:
        return channel.overwrites.setdefault(who.id, Overwrite(member=isinstance(who, Person)))

    def _standing(self, message: Message) -> Channel:
        channel = self.world.channels.get(message.channel)
        if channel is None or message not in channel.messages:
            raise NotPossible("the message is gone")
        return channel


def _pings(world: World, message: Message, *, ping: bool) -> list[str]:
    """Whom a person's words notify. A reply to an answer to an interaction pings nobody, whatever one chose."""
    target = world.channels[message.channel].find(message.reply_to or "")
    pinging = ping and not (target and target.interaction)
    return pinged(world, message, None if pinging else {"parse": ["users", "roles", "everyone"]})
