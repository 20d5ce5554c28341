"""What people type, press, choose and send, and how they see it answered."""

import asyncio
import time
from dataclasses import dataclass

from tests.fakes.discord import events, payloads, screen, typing_commands
from tests.fakes.discord.refusals import Json
from tests.fakes.discord.rest.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT
from tests.fakes.discord.rules.elements import STRING_SELECT, USER_SELECT
from tests.fakes.discord.screen import NotPossible
from tests.fakes.discord.things import EPHEMERAL, Channel, Interaction, Message, Modal, Person
from tests.fakes.discord.world import World

KINDS = {4: "message", 5: "deferred", 6: "deferred update", 7: "update", 8: "choices", 9: "modal"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The first response that came in time, or None: then Discord says that the application did not respond."""

    kind: str | None
    """message, deferred, deferred update, update, choices or modal."""
    interaction: Interaction
    seconds: float

    @property
    def ok(self) -> bool:
        return self.kind is not None

    @property
    def message(self) -> Message | None:
        """What was said or changed, as it now stands."""
        return self.interaction.original

    @property
    def modal(self) -> Modal | None:
        return self.interaction.modal

    @property
    def choices(self) -> list[Json]:
        return self.interaction.choices


class Hands:
    """Each waits for the first response, as the person does."""

    world: World

    async def type_command(self, person: Person, channel: Channel, typed: str, options: Json | None = None) -> Answer:
        """Types `/quiz ask` and fills in these options."""
        self._can_act(person, channel)
        command, path = typing_commands.found(self.world, person, channel, typed)
        data = typing_commands.data(command, path, options or {})
        users = [each["value"] for each in _leaves(data) if each["type"] == typing_commands.USER]
        if users:
            data["resolved"] = payloads.resolved_people(self.world, channel.guild, users)
        return await self._ask(payloads.interaction(self.world, COMMAND, person, channel, data))

    async def autocomplete(
        self, person: Person, channel: Channel, typed: str, option: str, text: str, options: Json | None = None
    ) -> list[Json]:
        """What is suggested while this stands in the option, beside what was filled in before."""
        self._can_act(person, channel)
        command, path = typing_commands.found(self.world, person, channel, typed)
        data = typing_commands.data(command, path, {**(options or {}), option: text}, focused=option)
        return (await self._ask(payloads.interaction(self.world, AUTOCOMPLETE, person, channel, data))).choices

    async def click(self, person: Person, message: Message, name: str) -> Answer:
        """Presses the button with this label or custom id, which must be before the person."""
        self._before(person, message)
        pressed = screen.button(message, name)
        return await self._act(person, message, pressed, {})

    async def choose(self, person: Person, message: Message, name: str, values: list[str]) -> Answer:
        """Chooses these lines of the menu with this placeholder or custom id."""
        self._before(person, message)
        select = screen.menu(message, name)
        picked = screen.picked(select, values)
        data: Json = {"values": picked}
        if select["type"] != STRING_SELECT:
            data["resolved"] = payloads.resolved_people(self.world, self._channel(message).guild, picked)
        return await self._act(person, message, select, data)

    async def submit(self, person: Person, modal: Modal, values: Json | None = None) -> Answer:
        """Fills in the fields that are named, by label or custom id, leaves the others as they stand, and sends the form.

        Without a response it stays open, as it was filled in.
        """
        if self.world.modals.get(person.id) is not modal:
            raise NotPossible(f"{person.name} does not see it")
        screen.fill_in(modal, values or {})
        screen.check_complete(modal)
        source = modal.source
        channel = self.world.channels[source.channel]
        data: Json = {"custom_id": modal.custom_id, "components": screen.submitted(modal)}
        chosen = [
            user
            for _, element in screen.fields(modal)
            if element["type"] == USER_SELECT
            for user in screen.state(modal, element)
        ]
        if chosen:
            data["resolved"] = payloads.resolved_people(self.world, channel.guild, chosen)
        sent = payloads.interaction(self.world, SUBMIT, person, channel, data, message=source.message, parent=source)
        answer = await self._ask(sent)
        if answer.ok and self.world.modals.get(person.id) is modal:
            del self.world.modals[person.id]
        return answer

    def dismiss(self, person: Person) -> None:
        """Closes the form without sending it; nobody hears of it."""
        self.world.modals.pop(person.id, None)

    def reload(self, person: Person) -> None:
        """Starts Discord anew: what was shown to this person alone is gone, and so is an open form."""
        self.world.private[:] = [message for message in self.world.private if message.only_for != person.id]
        self.dismiss(person)

    async def _act(self, person: Person, message: Message, component: Json, more: Json) -> Answer:
        data = {"component_type": component["type"], "custom_id": component["custom_id"], "id": component["id"], **more}
        channel = self._channel(message)
        self._can_act(person, channel, commands=False)
        return await self._ask(payloads.interaction(self.world, COMPONENT, person, channel, data, message=message))

    async def _ask(self, interaction: Interaction) -> Answer:
        events.interacted(self.world, interaction.guild, payloads.payload(self.world, interaction))
        began = time.monotonic()
        try:
            await asyncio.wait_for(interaction.answered.wait(), self.world.response_seconds)
        except TimeoutError:
            interaction.dead = interaction.response is None
        kind = KINDS[interaction.response] if interaction.response else None
        return Answer(kind=kind, interaction=interaction, seconds=time.monotonic() - began)

    def _channel(self, message: Message) -> Channel:
        return self.world.channels[message.channel]

    def _can_act(self, person: Person, channel: Channel, *, commands: bool = True) -> None:
        needed = ["view_channel", *(["use_application_commands"] if commands else [])]
        guild = self.world.guilds.get(channel.guild or "")
        if guild and (guild.unavailable or self.world.bot.id not in guild.members):
            raise NotPossible(f"the bot is not in {guild.name}")
        if channel.recipient not in {None, person.id} or not self.world.may(person.id, channel, *needed):
            raise NotPossible(f"{person.name} cannot do that in {channel.name}")

    def _before(self, person: Person, message: Message) -> None:
        """This person has it on the screen."""
        if message.flags & EPHEMERAL:
            visible = message.only_for == person.id and message in self.world.private
        else:
            channel = self.world.channels.get(message.channel)
            visible = channel is not None and message in channel.messages
        if not visible:
            raise NotPossible(f"{person.name} does not see it")


def _leaves(data: Json) -> list[Json]:
    """The options that were filled in, wherever they stand."""
    found: list[Json] = []
    for option in data.get("options", []):
        found += _leaves(option) if "options" in option else [option] if "value" in option else []
    return found
