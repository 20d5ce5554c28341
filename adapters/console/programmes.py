"""What those who look after the quiz in a place are shown, as rows: its setup, its status and its next question."""

import re

from rich.console import Group, RenderableType
from rich.text import Text

from adapters.console.layout import Flow, Pairs
from adapters.console.sections import asked, bullets, indented, markdown, moment, section, source
from adapters.console.writing import Reader, instant, name, said
from bot import wording
from bot.domain.round import RoundState
from bot.views import ChangeLine, LastRound, NextQuestionView, NextRound, SetupFormView, StatusView
from bot.wording.programmes import setup_word

Rows = list[RenderableType]

_SETUP_KEYS = "Your next line sets it up; /cancel leaves everything as it is."


def setup_rows(view: SetupFormView, _reader: Reader) -> Rows:
    values = [(_assigned(setup_word(name), value), Text(meaning, style="dim")) for name, value, meaning in view.values]
    return [said(view.note), Text(), Pairs(values), Text(), Text(_SETUP_KEYS, style="cyan")]


def status_rows(view: StatusView, reader: Reader) -> Rows:
    facts = [("State", view.state), ("Schedule", view.schedule), ("Zone", view.zone)]
    if view.admins:
        facts.append(("Admins", ", ".join(map(name, view.admins))))
    rows: Rows = [Pairs([(Text(label, style="dim"), said(value)) for label, value in facts])]
    if view.next:
        days = [(Text(f"{one.date:%a %d %b}", style="dim"), _next(one, reader)) for one in view.next]
        rows += section("Next", Pairs(days))
    if view.last:
        rows += section("Last", *(_last(one) for one in view.last))
    if view.notes:
        rows += [Text(), bullets(view.notes)]
    if view.changes:
        older = [said(wording.changes.older(view.older_changes), "dim")] if view.older_changes else []
        rows += section("Changes", *(_change(one, reader) for one in view.changes), *older)
    return rows


def next_question_rows(view: NextQuestionView, reader: Reader) -> Rows:
    return [
        moment("Asks", view.asks_at, reader),
        *asked(view.topic, view.level, view.text),
        *section("Key points", bullets([f"{point.statement} (weight {point.weight})" for point in view.points])),
        *section("Model answer", markdown(view.model_answer)),
        *section("Sources", *(source(one) for one in view.sources)),
        Text(),
        said(view.note, "cyan" if view.swappable else "yellow"),
    ]


def _assigned(label: str, value: str) -> Flow:
    """Show a value as it is typed; a long list of them may be broken behind its commas."""
    first, *others = re.split("(?<=,)", value)
    return Flow(Text.assemble((f"{label}=", "cyan"), said(first)), *others, gap=0)


def _next(one: NextRound, reader: Reader) -> RenderableType:
    asks, until_then = instant(one.asks_at, reader, one.date)
    reveals, until_reveal = instant(one.reveals_at, reader, one.date)
    return Group(Flow(f"asks {asks}", until_then), Flow(f"reveals {reveals}", until_reveal))


def _last(one: LastRound) -> RenderableType:
    replies = "1 reply" if one.repliers == 1 else f"{one.repliers} replies"
    told = [] if one.state is RoundState.SKIPPED else [replies]
    head = said(" · ".join([wording.dates.of_round(one.round), one.state, *told, *([one.note] if one.note else [])]))
    return Group(head, indented(said(one.question, "dim"))) if one.question else head


def _change(one: ChangeLine, reader: Reader) -> RenderableType:
    who = name(one.who) if one.who else "somebody who is no longer here"
    return Group(said(f"{who} {one.what}"), indented(moment("", one.at, reader)))
