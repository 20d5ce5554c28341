"""The application's commands: what Discord is told of them, and what was chosen, as the line that one would have typed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.feedback import Feedback
from bot.domain.programme import NOTHING, Collect
from bot.domain.question import Level
from bot.domain.reply import MAX_REPLY
from bot.domain.score import PeriodKind
from bot.wording.commands import CHOICES, DESCRIPTIONS, EXAMPLES_OF_DAYS, LOCALES

Json = dict[str, Any]
Data = Mapping[str, Any]

MANAGE_SERVER = str(1 << 5)
MOST_CHOICES, LONGEST_CHOICE = 25, 100

_GUILD = 0
_CHAT_INPUT = 1
_SUBCOMMAND, _STRING, _INTEGER, _BOOLEAN = 1, 3, 4, 5
_MOST_WEEKS = 999
_MOST_POINTS = 10
_MENTION = re.compile(r"<@!?(\d+)>")
_COMMAS = re.compile(r"\s*,[\s,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """``line`` is how a value stands in the line: "{}" alone, "at={}" with its name; of a switch, the word when it is on."""

    name: str
    line: str = "{}"
    kind: int = _STRING
    choices: Sequence[str] = ()
    completed: bool = False
    required: bool = False
    more: Mapping[str, int] | None = None

    def typed(self, value: object) -> str:
        if self.kind == _BOOLEAN:
            return self.line if value else ""
        said = str(value).strip()
        if self.line.endswith("={}"):
            said = _in_a_word(said)
        return self.line.format(said) if said else ""


_BOARD = (
    Option(name="period", choices=tuple(PeriodKind)),
    Option(name="team", line="team", kind=_BOOLEAN),
)
_QUIZ: Mapping[str, Sequence[Option]] = {
    "answer": (Option(name="text", more={"max_length": MAX_REPLY}),),
    "appeal": (Option(name="date"), Option(name="points"), Option(name="reason", line="-- {}", required=True)),
    "ask": (Option(name="topic", completed=True), Option(name="level", choices=tuple(Level))),
    "feedback": (Option(name="date"), Option(name="word", choices=(*Feedback, "none"), required=True)),
    "grade": (Option(name="date"), Option(name="points"), Option(name="reason", line="-- {}")),
    "leaderboard": _BOARD,
    "me": (),
    "hide": (),
    "unhide": (),
    "export": (),
    "forget-me": (Option(name="sure", line="yes", kind=_BOOLEAN),),
    "help": (),
}
_QUIZ_ADMIN: Mapping[str, Sequence[Option]] = {
    "setup": (
        Option(name="at", line="at={}"),
        Option(name="reveal", line="reveal={}"),
        Option(name="zone", line="zone={}", completed=True),
        Option(name="days", line="days={}", completed=True),
        Option(name="topics", line="topics={}", completed=True),
        Option(name="levels", line="levels={}"),
        Option(name="collect", line="collect={}", choices=tuple(Collect)),
        Option(name="holidays", line="holidays={}"),
        Option(name="every", line="every={}", kind=_INTEGER, more={"min_value": 1, "max_value": _MOST_WEEKS}),
        Option(name="admins", line="admins={}"),
    ),
    "status": (Option(name="changes", line="changes", kind=_BOOLEAN),),
    "review": (
        Option(name="item"),
        Option(name="decision", choices=("accept", "overrule", "learn")),
        Option(name="point", kind=_INTEGER, more={"min_value": 1, "max_value": _MOST_POINTS}),
        Option(name="text", line="-- {}"),
    ),
    "phrasings": (
        Option(name="question"),
        Option(name="change", choices=("drop", "edit")),
        Option(name="id"),
        Option(name="text"),
    ),
    "regrade": (Option(name="date"),),
    "next": (Option(name="swap", line="swap", kind=_BOOLEAN),),
    "skip": (),
    "ask-now": (),
    "reveal-now": (),
    "pause": (Option(name="reason"),),
    "resume": (),
    "remove": (),
    "help": (),
}
_GROUPS = {"quiz": _QUIZ, "quiz-admin": _QUIZ_ADMIN}
_ALONE: Mapping[str, Sequence[Option]] = {"leaderboard": _BOARD}


def line_of(data: Data) -> tuple[str, str]:
    """Return what was chosen, the data of an interaction, as a command's name and the rest of the line."""
    name = str(data["name"])
    chosen: Sequence[Data] = data.get("options") or ()
    if name in _ALONE or not chosen:
        return name, _line("", _ALONE.get(name, ()), chosen)
    word = str(chosen[0]["name"])
    return name, _line(word, _GROUPS[name].get(word, ()), chosen[0].get("options") or ())


def unmentioned(data: Data) -> str:
    """Return whom somebody wants to look after the quiz and has written without a mention or a number: no id is called so."""
    typed = (str(one["value"]) for one in _chosen(data) if one["name"] == "admins" and "value" in one)
    names = [one.strip() for said in typed for one in _MENTION.sub(",", said).split(",")]
    return ", ".join(one for one in names if one and one.lower() not in NOTHING and not one.replace(" ", "").isdigit())


def offered(command: str) -> str:
    """Return a command of the help, as one would type it, as Discord offers it: with its options by their names."""
    name, word, *_ = [*command.removeprefix("/").split(maxsplit=2), "", ""]
    options = sorted(_GROUPS.get(name, {}).get(word, ()), key=lambda one: not one.required)
    if not options:
        return command
    return " ".join([f"/{name} {word}", *(f"{one.name}:" if one.required else f"[{one.name}:]" for one in options)])


def autocomplete(data: Data, *, topics: Collection[str], zones: Collection[str]) -> list[Json]:
    """Return what may be meant by what stands so far in the option that is being typed, likeliest first."""
    focused = next((one for one in _chosen(data) if one.get("focused")), None)
    if focused is None:
        return []
    name, said = focused["name"], str(focused["value"])
    before, comma, last = said.rpartition(",")
    if name != "topics":
        before, comma, last = "", "", said
    known = {"zone": zones, "days": EXAMPLES_OF_DAYS}.get(name, topics)
    taken = {one.strip() for one in before.split(",")}
    values = [f"{before}{comma}{one}" for one in _meant(last.strip(), [one for one in known if one not in taken])]
    return [{"name": one, "value": one} for one in values if len(one) <= LONGEST_CHOICE][:MOST_CHOICES]


def _line(word: str, options: Sequence[Option], chosen: Sequence[Data]) -> str:
    values = {one["name"]: one["value"] for one in chosen}
    said = [option.typed(values[option.name]) for option in options if option.name in values]
    return " ".join(filter(None, [word, *said]))


def _in_a_word(said: str) -> str:
    """Return a value without white space, at which the setup parts its words; whom it mentions stands there by number."""
    return "_".join(_COMMAS.sub(",", _MENTION.sub(r"\1,", said)).strip(",").split())


def _chosen(data: Data) -> Iterator[Data]:
    for one in data.get("options") or ():
        yield one
        yield from _chosen(one)


def _meant(said: str, known: Collection[str]) -> list[str]:
    """Return what begins so, then what has a part that begins so, then what has it anywhere."""
    word = said.lower().replace(" ", "_")
    words = {one: one.lower() for one in known}

    def rank(one: str) -> int | None:
        if words[one].startswith(word):
            return 0
        if any(part.startswith(word) for part in re.split("[/_-]", words[one])):
            return 1
        return 2 if word in words[one] else None

    ranked = [(found, one) for one in known if (found := rank(one)) is not None]
    return [one for _, one in sorted(ranked)]


def _named(path: str) -> Json:
    """Return the name and the description of what stands at a path, in each language that has them."""
    said = {locale: texts[path] for locale, texts in LOCALES.items() if path in texts}
    return {
        "name": path.rpartition(" ")[2],
        "name_localizations": {locale: name for locale, (name, _) in said.items()} or None,
        "description": DESCRIPTIONS[path],
        "description_localizations": {locale: description for locale, (_, description) in said.items()} or None,
    }


def _option(path: str, option: Option) -> Json:
    made: Json = {"type": option.kind, **_named(f"{path} {option.name}"), **(option.more or {})}
    if option.required:
        made["required"] = True
    if option.choices:
        made["choices"] = [{"name": CHOICES[one], "value": one} for one in option.choices]
    return {**made, "autocomplete": True} if option.completed else made


def _options(path: str, options: Sequence[Option]) -> list[Json]:
    """Return the options as Discord wants them: first those without which nothing is sent."""
    return [_option(path, one) for one in sorted(options, key=lambda one: not one.required)]


def _command(name: str, options: Sequence[Json]) -> Json:
    return {"type": _CHAT_INPUT, **_named(name), "options": list(options), "contexts": [_GUILD]}


def _group(name: str) -> Json:
    leaves = _GROUPS[name].items()
    return _command(
        name,
        [
            {"type": _SUBCOMMAND, **_named(f"{name} {word}"), "options": _options(f"{name} {word}", options)}
            for word, options in leaves
        ],
    )


COMMANDS: list[Json] = [
    _group("quiz"),
    {**_group("quiz-admin"), "default_member_permissions": MANAGE_SERVER},
    *(_command(name, _options(name, options)) for name, options in _ALONE.items()),
]
"""All of them, as they are PUT to Discord."""
NAMES = frozenset({*_GROUPS, *_ALONE})
