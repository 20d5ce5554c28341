"""What people do in channels, and what an administrator does to them."""

import html

from tests.fakes.slack import events, payloads, responses
from tests.fakes.slack.deliveries import Answer, Deliveries
from tests.fakes.slack.objects import message_object
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.screen import NotPossible
from tests.fakes.slack.things import Channel, Json, Message, Person
from tests.fakes.slack.web.posting import take_away
from tests.fakes.slack.workspace import Workspace


class People:
    """Each action changes the workspace at once; the bot hears of it as an event, in the background."""

    workspace: Workspace
    deliveries: Deliveries

    async def type_command(self, person: Person, channel: Channel, typed: str) -> Answer:
        """Types `/name text` (never in a thread: Slack has no commands there) and waits for the acknowledgement.

        What the acknowledgement says is shown to the person.
        """
        _can_write(person, channel)
        if person.guest_of:
            raise NotPossible("guests of a shared channel do not see the commands of its apps")
        name, _, text = typed.partition(" ")
        payload = payloads.command(self.workspace, person, channel, name, text)
        answer = await self.deliveries.ask("slash_commands", payload)
        if answer.payload:
            try:
                responses.show(self.workspace, channel.id, person.id, answer.payload)
            except Refusal as refusal:
                self.workspace.invalid.append(f"{name}: {refusal.error}: {'; '.join(refusal.messages)}")
        return answer

    def say(self, person: Person, channel: Channel, text: str, *, thread: Message | None = None) -> Message:
        """Says something in a channel, or in the thread under a message. Slack escapes what people type."""
        _can_write(person, channel)
        message = Message(
            channel=channel.id,
            ts=self.workspace.new_ts(),
            user=person.id,
            text=html.escape(text, quote=False),
            blocks=[_rich_text(self.workspace, text)],
            thread_ts=(thread.thread_ts or thread.ts) if thread else None,
        )
        self.workspace.say(message)
        events.said(self.workspace, message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """The one who said it says it otherwise."""
        self._standing(message)
        previous = message_object(self.workspace, message)
        message.text = html.escape(text, quote=False)
        message.blocks = [_rich_text(self.workspace, text)]
        message.edited_ts = self.workspace.new_ts()
        events.changed(self.workspace, message, previous)

    def delete(self, message: Message) -> None:
        """Somebody who may takes a message away: its author, or an administrator."""
        take_away(self.workspace, self._standing(message), message)

    def open_home(self, person: Person, *, tab: str = "home") -> None:
        events.home_opened(self.workspace, person.id, tab)

    def reload(self, person: Person) -> None:
        """Starts Slack anew: what was shown to this person alone is gone, and so is every open form."""
        self.workspace.private[:] = [message for message in self.workspace.private if message.only_for != person.id]
        self.workspace.modals.pop(person.id, None)

    def dm(self, person: Person) -> Channel:
        """The direct conversation of this person with the bot."""
        return self.workspace.direct(person.id)

    # Who is in a channel

    def join(self, person: Person, channel: Channel, *, inviter: Person | None = None) -> None:
        if person.id not in channel.members:
            channel.members.append(person.id)
            self._note(channel, person, "channel_join", f"<@{person.id}> has joined the channel")
            events.joined(self.workspace, channel, person.id, inviter.id if inviter else None)

    def leave(self, person: Person, channel: Channel) -> None:
        self._note(channel, person, "channel_leave", f"<@{person.id}> has left the channel")
        channel.members.remove(person.id)
        events.left(self.workspace, channel, person.id)

    def invite_bot(self, channel: Channel, inviter: Person) -> None:
        self.join(self.workspace.bot, channel, inviter=inviter)

    def remove_bot(self, channel: Channel) -> None:
        self.leave(self.workspace.bot, channel)

    # What becomes of a channel, a person, the app

    def archive(self, channel: Channel, person: Person) -> None:
        self._note(channel, person, "channel_archive", f"<@{person.id}> archived the channel")
        channel.archived = True
        events.archived(self.workspace, channel, person.id)

    def unarchive(self, channel: Channel, person: Person) -> None:
        channel.archived = False
        self._note(channel, person, "channel_unarchive", f"<@{person.id}> un-archived the channel")
        events.archived(self.workspace, channel, person.id, back=True)

    def rename(self, channel: Channel, name: str, person: Person) -> None:
        self._note(channel, person, "channel_name", f"<@{person.id}> has renamed the channel to {name}")
        channel.name = name
        events.renamed(self.workspace, channel)

    def delete_channel(self, channel: Channel, person: Person) -> None:
        events.channel_deleted(self.workspace, channel, person.id)
        del self.workspace.channels[channel.id]

    def deactivate(self, person: Person) -> None:
        """The account is closed: the person is out of every channel, and no message of theirs comes again."""
        person.deleted = True
        for channel in self.workspace.channels.values():
            if person.id in channel.members and not channel.direct:
                channel.members.remove(person.id)
        self.workspace.modals.pop(person.id, None)
        events.user_changed(self.workspace, person)

    def revoke_token(self, value: str) -> None:
        self.workspace.tokens[value].revoked = True

    def uninstall(self) -> None:
        """The app is taken out of the workspace: its tokens die, and it hears of it once."""
        events.uninstalled(self.workspace)
        for token in self.workspace.tokens.values():
            if token.kind != "app":
                token.revoked = True

    def _note(self, channel: Channel, person: Person, subtype: str, text: str) -> None:
        """Slack's own line in the channel, which reaches apps as a message."""
        ts = self.workspace.new_ts()
        note = Message(channel=channel.id, ts=ts, user=person.id, text=text, subtype=subtype)
        events.said(self.workspace, self.workspace.say(note))

    def _standing(self, message: Message) -> Channel:
        channel = self.workspace.channels[message.channel]
        if message not in channel.messages:
            raise NotPossible("the message is gone")
        return channel


def _can_write(person: Person, channel: Channel) -> None:
    if person.deleted or person.id not in channel.members:
        raise NotPossible(f"{person.name} is not in {channel.name}")
    if channel.archived:
        raise NotPossible(f"{channel.name} is archived")


def _rich_text(slack: Workspace, text: str) -> Json:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": slack.new_id("b"), "elements": [line]}
