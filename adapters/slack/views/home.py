"""A member's own page: what is open, how one stands, and the programmes that one looks after."""

from collections.abc import Sequence

from adapters.slack import names
from adapters.slack.views import questions, rich, ways
from adapters.slack.views.blocks import MAX_VIEW_BLOCKS, button, buttons, context, header, place_block, prose
from adapters.slack.views.boards import place
from adapters.slack.views.members import me_blocks, me_buttons
from adapters.slack.views.programmes import setup_buttons, status_blocks
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot.domain.programme import Collect
from bot.views import HomeView, MeView, OpenRound, StatusView
from bot.wording import labels

_MOST = {labels.OPEN_NOW: 8, labels.YOUR_QUIZ: 5, labels.LOOKED_AFTER: 4}
"""Of each kind so many are shown: a page has room for 100 blocks."""


def home_view(view: HomeView) -> Json:
    blocks = [
        *prose(view.note),
        *_part(labels.OPEN_NOW, [_open(one) for one in view.open]),
        *_part(labels.YOUR_QUIZ, [_place(one) for one in view.places]),
        *_part(labels.LOOKED_AFTER, [_programme(one) for one in view.programmes]),
    ]
    return {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS] or [context(labels.NOTHING_YET)]}


def _part(title: str, shown: Sequence[Sequence[Json]]) -> list[Json]:
    most = _MOST[title]
    more = [context(labels.and_more(len(shown) - most))] if len(shown) > most else []
    return [header(title), *(block for one in shown[:most] for block in one), *more] if shown else []


def _open(one: OpenRound) -> list[Json]:
    about = rich.said(labels.about(one.topic, one.level))
    answer = button(labels.ANSWER, names.ANSWER, one.round, style="primary")
    state = labels.ANSWERED if one.present else labels.NOT_ANSWERED
    return [
        *rich.block(rich.section(place(one.place), rich.text(" · "), *about)),
        *questions.question(one.text),
        context(f"{labels.ANSWER_UNTIL} {moment(one.reveals_at)}. {state}"),
        context(ways.ANSWER_THERE) if one.collect is Collect.THREAD else buttons(answer),
    ]


def _place(one: MeView) -> list[Json]:
    return [*me_blocks(one), me_buttons(one, block_id=place_block(one.place))]


def _programme(one: StatusView) -> list[Json]:
    return [*status_blocks(one), setup_buttons(one)]
