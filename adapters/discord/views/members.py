"""What a member is shown of oneself."""

from collections.abc import Sequence

from adapters.discord import names
from adapters.discord.views import rich
from adapters.discord.views.components import (
    DANGER,
    Message,
    button,
    buttons,
    custom_id,
    heading,
    message,
    text,
    titled,
)
from adapters.discord.views.posts import leaderboard_button
from adapters.discord.views.rich import Line
from bot import wording
from bot.views import ConfirmView, DocumentView, MeView, ShareOf
from bot.wording import labels
from bot.wording.texts import counted

_MOST_SHARES = 30


def me_message(view: MeView) -> Message:
    facts = (
        (labels.POINTS, str(view.points)),
        (labels.RANK, wording.members.ranked(view.rank, view.ranked)),
        (labels.ROUNDS, f"{view.rounds} in the last {wording.dates.days(view.days)}"),
        (labels.STREAK, f"{view.streak} in a row, {view.best_streak} at best"),
        (labels.REVIEWS, wording.members.reviews(view.due)),
    )
    notes = (
        wording.members.HIDDEN_NOTE if view.hidden else "",
        wording.members.weakest(view.weakest) if view.weakest else "",
    )
    return message(
        [
            heading(labels.YOU, rich.place(view.place)),
            *text(rich.joined(rich.fact(label, value) for label, value in facts if value)),
            *text(rich.prose(view.note)),
            *titled(labels.TOPICS, _shares(view.topics)),
            *titled(labels.LEVELS, _shares(view.levels)),
            *text(rich.joined(filter(None, map(rich.prose, notes)))),
            buttons(
                button(labels.PRACTISE, custom_id(names.PRACTISE, f"{view.weakest}||", "||")), leaderboard_button()
            ),
        ]
    )


def confirm_message(view: ConfirmView) -> Message:
    """Return the question with the one button that does it."""
    done = button(view.label, custom_id(names.COMMAND, view.command.removeprefix("/")), DANGER)
    return message([*text(rich.prose(view.text)), buttons(done)])


def document_message(view: DocumentView) -> Message:
    """Return the text as a file that is attached."""
    return message([heading(view.name), *text(rich.prose(view.note))], files=[(view.name, view.text)])


def _shares(shares: Sequence[ShareOf]) -> list[Line]:
    return rich.bullets(
        [*rich.words(one.name), f": {one.share:.0%} {labels.OF_KEY_POINTS} {counted(one.rounds, 'round', 'rounds')}"]
        for one in shares[:_MOST_SHARES]
    )
