"""Our Discord by hand: `python -m tests.fakes.discord [port]`, and a bot pointed at what it prints."""

import asyncio
import sys

from tests.fakes.discord import (
    Answer,
    Channel,
    FakeDiscord,
    Message,
    Modal,
    NotPossible,
    Person,
    pressable,
    screen,
    words,
)

HELP = """\
ann /quiz ask topic=drift   types a command      ann hello        says something
ann > hello                 replies, with a ping ann >> hello     says it in the thread
ann ! Answer                presses a button     ann = My answer  fills in and sends the form
ann =                       sends it as it stands ann ?           what Ann sees"""


class Console:
    """One channel with three people; the first of them owns the server."""

    def __init__(self, discord: FakeDiscord) -> None:
        self.discord = discord
        self.people = {person.name: person for person in map(discord.add_user, ("Ann", "Ben", "Cid"))}
        discord.guild.owner = self.people["ann"].id
        self.channel: Channel = discord.add_channel("quiz")

    async def do(self, line: str) -> None:
        name, _, rest = line.strip().partition(" ")
        person = self.people.get(name)
        if person is None:
            print(HELP)
        elif rest == "?":
            self.show(person)
        else:
            print(await self.act(person, rest))

    async def act(self, person: Person, what: str) -> object:
        """Carries it out, and gives what came of it."""
        sign, text = what[:1], what.lstrip(">!=").strip()
        if sign == "/":
            return told(await self.command(person, what))
        if sign == "!":
            return told(await self.press(person, text))
        form = self.discord.modal(person)
        if sign == "=" and form:
            names = [label for label, _ in screen.fields(form)]
            return told(await self.discord.submit(person, form, {names[0]: text} if text else {}))
        asked = next(
            (message for message in reversed(self.channel.messages) if message.author == self.discord.bot.id), None
        )
        if what.startswith(">>") and asked:
            thread = self.discord.thread(asked) or self.discord.open_thread(person, asked, "Thread")
            return words(self.discord.say(person, thread, text))
        return words(self.discord.say(person, self.channel, text, reply_to=asked if sign == ">" else None))

    async def command(self, person: Person, typed: str) -> Answer:
        steps = [step for step in typed.split() if "=" not in step]
        options = dict(step.split("=", 1) for step in typed.split() if "=" in step)
        return await self.discord.type_command(person, self.channel, " ".join(steps), options)

    async def press(self, person: Person, text: str) -> Answer:
        for shown in self.before(person):
            if isinstance(shown, Message) and text in dict(pressable(shown)):
                return await self.discord.click(person, shown, text)
        raise NotPossible(f"{person.name} sees no button {text!r}")

    def before(self, person: Person) -> list[Message | Modal]:
        """What this person has before them, the nearest first."""
        discord, form = self.discord, self.discord.modal(person)
        messages = discord.visible(self.channel)
        messages += [said for top in messages if (thread := discord.thread(top)) for said in discord.visible(thread)]
        messages += [*discord.ephemerals(person), *discord.dms(person)]
        return [*([form] if form else []), *sorted(messages, key=lambda message: -int(message.id))]

    def show(self, person: Person) -> None:
        for shown in reversed(self.before(person)[:6]):
            buttons = " ".join(f"[{text}]" for text, _ in pressable(shown)) if isinstance(shown, Message) else "[Send]"
            print("-" * 60, words(shown), buttons, sep="\n")
        print(*self.discord.invalid, sep="\n")


def told(answer: Answer) -> str:
    """What the person sees at once."""
    if not answer.ok:
        return "The application did not respond"
    shown = answer.modal or answer.message
    return f"{answer.kind}\n{words(shown) if shown else ''}"


async def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    async with FakeDiscord(port=port) as discord:
        print(f"STUDYBOT_DISCORD_API_URL={discord.api_url}")
        print(f"STUDYBOT_DISCORD_TOKEN={discord.token}")
        print(HELP)
        console = Console(discord)
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                await console.do(line)
            except NotPossible as problem:
                print("not possible:", problem)


if __name__ == "__main__":
    asyncio.run(main())
