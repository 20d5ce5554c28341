"""Our Slack by hand: `python -m tests.fakes.slack [port]`, and a bot pointed at what it prints."""

import asyncio
import sys

from tests.fakes.slack import Answer, Channel, FakeSlack, Message, NotPossible, Person, View, pressable, words

HELP = """\
ann /quiz ask      types a command              ann hello          says something
ann > hello        says it in the thread        ann ! Answer       presses a button
ann = My answer    fills in and sends the form  ann =              sends it as it stands
ann ?              what Ann sees                ann home           opens the bot's home page"""


class Console:
    """One channel with three people in it; the first of them owns the workspace."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        everybody = [slack.add_user("Ann", is_owner=True), slack.add_user("Ben"), slack.add_user("Cid")]
        self.people = {person.name: person for person in everybody}
        self.channel: Channel = slack.add_channel("quiz", creator=everybody[0], members=everybody)

    async def do(self, line: str) -> None:
        name, _, rest = line.strip().partition(" ")
        person = self.people.get(name)
        if person is None:
            print(HELP)
        elif rest == "?":
            self.show(person)
        elif rest == "home":
            self.slack.open_home(person)
        else:
            print(await self.act(person, rest))

    async def act(self, person: Person, what: str) -> object:
        """Carries it out, and gives what came of it."""
        sign, text = what[:1], what[1:].strip()
        if sign == "/":
            return await self.slack.type_command(person, self.channel, what)
        if sign == "!":
            return await self.press(person, text)
        form = self.slack.modal(person)
        if sign == "=" and form:
            fields = [block["block_id"] for block in form.blocks if block["type"] == "input"]
            return await self.slack.submit(person, form, {fields[0]: text} if text and fields else {})
        thread = next((message for message in reversed(self.slack.visible(self.channel)) if message.by_bot), None)
        return self.slack.say(
            person, self.channel, text if sign == ">" else what, thread=thread if sign == ">" else None
        )

    async def press(self, person: Person, text: str) -> Answer:
        for shown in self.before(person):
            if text in dict(pressable(shown.blocks)):
                return await self.slack.click(person, shown, text)
        raise NotPossible(f"{person.name} sees no button {text!r}")

    def before(self, person: Person) -> list[Message | View]:
        """What this person has before them, the nearest first."""
        slack, form, home = self.slack, self.slack.modal(person), self.slack.home(person)
        said = [said for top in slack.visible(self.channel) for said in (top, *slack.thread(top))]
        messages = sorted([*said, *slack.ephemerals(person), *slack.dms(person)], key=lambda message: message.ts)
        return [*([form] if form else []), *reversed(messages), *([home] if home else [])]

    def show(self, person: Person) -> None:
        for shown in reversed(self.before(person)[:6]):
            buttons = " ".join(f"[{text}]" for text, _ in pressable(shown.blocks))
            print("-" * 60, words(shown), buttons, sep="\n")
        print(*self.slack.invalid, sep="\n")


async def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    async with FakeSlack(port=port) as slack:
        print(f"STUDYBOT_SLACK_API_URL={slack.api_url}")
        print(f"STUDYBOT_SLACK_BOT_TOKEN={slack.bot_token}")
        print(f"STUDYBOT_SLACK_APP_TOKEN={slack.app_token}")
        print(f"STUDYBOT_SLACK_SIGNING_SECRET={slack.signing_secret}")
        print(HELP)
        console = Console(slack)
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                await console.do(line)
            except NotPossible as problem:
                print("not possible:", problem)


if __name__ == "__main__":
    asyncio.run(main())
