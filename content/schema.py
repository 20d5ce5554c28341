"""The format of a question file: Markdown with YAML front matter, read into a Question or into all of its faults."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.domain.good_faith import words
from bot.domain.phrasing import MOST_LEARNT
from bot.domain.question import (
    KEY_POINTS,
    MAX_FOLLOW_UP,
    MAX_HINT,
    MAX_PHRASING,
    MAX_QUESTION,
    MAX_STATEMENT,
    WEIGHTS,
    KeyPoint,
    Label,
    Level,
    Question,
    SampleReply,
    Source,
)
from bot.domain.reply import MAX_REPLY
from content.answer import model_answer
from content.nodes import Value, front_matter, listed, nearest, shown
from content.page import Fault, FaultLog, printable, read_page

ACCEPTED = (3, 6 + MOST_LEARNT)
"""Authors write up to six; what teams have learnt and give back has room beside them."""
CONTRADICTED_BY = (0, 3)
HINTS = (0, 3)
SAMPLE_REPLIES = (3, 5)
SOURCES = (1, 6)
TAGS = (0, 8)
MAX_REVISION = 9_999
MAX_SLUG = 64
MAX_SOURCE_TEXT = 300
MAX_TAG = 40
MAX_URL = 500
FIRST_YEAR = 1950

GOOD, PARTIAL, WRONG, MISLEADING = KINDS = ("good", "partial", "wrong", "misleading")

_REQUIRED = (
    "id",
    "revision",
    "topic",
    "level",
    "question",
    "key_points",
    "follow_up",
    "sources",
    "reviewed",
    "sample_replies",
)
_OPTIONAL = ("hints", "tags", "review_after")


def parse(
    data: bytes, path: Path, *, folder: str, taken: Mapping[str, Path] = MappingProxyType({})
) -> Question | tuple[Fault, ...]:
    """Read one question file: the question, or every fault of the file in the order of its lines.

    ``folder`` is the name of the folder that the file is in, which is the question's topic; ``taken`` maps the ids of other
    files to where they are. Any bytes are welcome.
    """
    log = FaultLog(path=path)
    question = None
    page = read_page(data, log)
    if page is not None:
        answer = model_answer(page, log)
        front = front_matter(page, log)
        if front is not None:
            question = _question(front, answer, folder, taken)
    return tuple(sorted(log.found)) if question is None or log.found else question


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A text, its words and the value it was read from, for rules that look at more than one of them."""

    text: str
    said: str
    value: Value

    def stands_in(self, said: str) -> bool:
        """Tell whether these words stand in a row among the words of another text."""
        return self.said != "" and f" {self.said} " in f" {said} "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A key point whose texts still know their lines."""

    id: _Phrase
    statement: _Phrase
    weight: int
    accepted: tuple[_Phrase, ...]
    contradicted_by: tuple[_Phrase, ...]

    def key_point(self) -> KeyPoint:
        return KeyPoint(
            id=self.id.text,
            statement=self.statement.text,
            weight=self.weight,
            accepted=_texts(self.accepted),
            contradicted_by=_texts(self.contradicted_by),
        )


def _question(front: Value, answer: str, folder: str, taken: Mapping[str, Path]) -> Question:
    fields = front.fields(_REQUIRED, _OPTIONAL)
    points = [_point(value) for value in fields["key_points"].items(*KEY_POINTS, "key point")]
    hints = _phrases(fields["hints"].items(*HINTS, "hint"), MAX_HINT)
    tags = _phrases(fields["tags"].items(*TAGS, "tag"), MAX_TAG)
    samples = _samples(fields["sample_replies"], [point.id.text for point in points])
    reviewed = fields["reviewed"].day()
    _check_phrasings(points, samples)
    _check_hints(hints, points)
    _refuse_repeats([point.id for point in points])
    _refuse_repeats(tags)
    return Question(
        id=_id(fields["id"], front.log.path, taken),
        revision=fields["revision"].whole(1, MAX_REVISION),
        topic=_topic(fields["topic"], folder),
        level=Level(fields["level"].one_of([*Level]) or Level.FOUNDATION),
        text=fields["question"].text(MAX_QUESTION),
        key_points=tuple(point.key_point() for point in points),
        model_answer=answer,
        sources=tuple(_source(value, reviewed) for value in fields["sources"].items(*SOURCES, "source")),
        reviewed=reviewed,
        hints=_texts(hints),
        follow_up=fields["follow_up"].text(MAX_FOLLOW_UP),
        tags=_texts(tags),
        samples=samples,
        review_after=_review_after(fields["review_after"], reviewed),
    )


def _id(value: Value, path: Path, taken: Mapping[str, Path]) -> str:
    slug = _slug(value)
    if slug and slug != path.stem:
        value.fault(f"id {shown(slug)} must be the file's name without .md, which is {shown(path.stem)}")
    if slug in taken:
        value.fault(f"id {shown(slug)} is also that of {printable(taken[slug])}: an id is unique over all packs")
    return slug


def _topic(value: Value, folder: str) -> str:
    slug = _slug(value)
    if slug and slug != folder:
        value.fault(f"topic {shown(slug)} must be the name of the file's folder, which is {shown(folder)}")
    return slug


def _review_after(value: Value, reviewed: date) -> date | None:
    if value.node is None:
        return None
    day = value.day()
    if day < reviewed:
        value.fault(f"review_after must not be before reviewed, which is {reviewed}")
    return day


def _slug(value: Value) -> str:
    text = value.text(MAX_SLUG)
    if text and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is None:
        value.fault(f"{value.name} {shown(text)} must be lower-case letters and digits, words joined by single hyphens")
    return text


def _point(value: Value) -> _Point:
    fields = value.fields(("id", "statement", "weight", "accepted"), ("contradicted_by",))
    return _Point(
        id=_phrase(_slug(fields["id"]), fields["id"]),
        statement=_phrase(fields["statement"].text(MAX_STATEMENT), fields["statement"]),
        weight=fields["weight"].whole(*WEIGHTS),
        accepted=_phrases(fields["accepted"].items(*ACCEPTED, "accepted phrasing"), MAX_PHRASING),
        contradicted_by=_phrases(
            fields["contradicted_by"].items(*CONTRADICTED_BY, "contradicting phrasing"), MAX_PHRASING
        ),
    )


def _source(value: Value, reviewed: date) -> Source:
    fields = value.fields(("title", "by", "year", "url"))
    return Source(
        title=fields["title"].text(MAX_SOURCE_TEXT),
        by=fields["by"].text(MAX_SOURCE_TEXT),
        year=fields["year"].whole(FIRST_YEAR, reviewed.year + 1),
        url=_url(fields["url"]),
    )


def _url(value: Value) -> str:
    url = value.text(MAX_URL)
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        right = False
    if url and not right:
        value.fault(f"url must be an address that starts with https:// or http://, not {shown(url)}")
    return url


def _samples(value: Value, point_ids: Sequence[str]) -> tuple[SampleReply, ...]:
    samples = tuple(_sample(item, point_ids) for item in value.items(*SAMPLE_REPLIES, "sample reply"))
    kinds = {sample.kind for sample in samples}
    if samples and GOOD not in kinds:
        value.fault("sample_replies has no good reply: write one in other words than the accepted phrasings")
    if samples and not kinds & {WRONG, MISLEADING}:
        value.fault("sample_replies has no wrong or misleading reply: write one that a mistaken person would give")
    return samples


def _sample(value: Value, point_ids: Sequence[str]) -> SampleReply:
    fields = value.fields(("kind", "text", "labels"))
    return SampleReply(
        kind=fields["kind"].one_of(KINDS),
        text=fields["text"].text(MAX_REPLY),
        labels=_labels(fields["labels"], point_ids),
    )


def _labels(value: Value, point_ids: Sequence[str]) -> dict[str, Label]:
    entries = value.entries()
    if entries is None:
        return {}
    labels = {name: Label(label.one_of([*Label]) or Label.NOT_MADE) for name, label in entries.items()}
    if point_ids and "" not in point_ids:  # else it is the ids that need mending first
        for name in labels.keys() - set(point_ids):
            entries[name].fault(f"labels has {shown(name)}, which is no key point's id{nearest(name, point_ids)}")
        for name in [name for name in point_ids if name not in labels]:
            value.fault(f"labels lacks the key point {shown(name)}: label it {listed(Label)}")
    return labels


def _phrases(values: Iterable[Value], at_most: int) -> tuple[_Phrase, ...]:
    return tuple(_phrase(value.text(at_most), value) for value in values)


def _phrase(text: str, value: Value) -> _Phrase:
    return _Phrase(text=text, said=_said(text), value=value)


def _said(text: str) -> str:
    """Return what is compared word for word: case and whatever stands between words do not count."""
    return " ".join(words(text))


def _texts(phrases: Iterable[_Phrase]) -> tuple[str, ...]:
    return tuple(phrase.text for phrase in phrases)


def _refuse_repeats(phrases: Iterable[_Phrase]) -> dict[str, int]:
    """Return the line in which what each phrase says stands first."""
    first: dict[str, int] = {}
    for phrase in phrases:
        if phrase.said and phrase.said in first:
            phrase.value.fault(
                f"{phrase.value.name} {shown(phrase.text)} stands twice, first in line {first[phrase.said]}: keep one"
            )
        first.setdefault(phrase.said, phrase.value.line)
    return first


def _check_phrasings(points: Sequence[_Point], samples: Sequence[SampleReply]) -> None:
    accepted = [phrase for point in points for phrase in point.accepted]
    first = _refuse_repeats(accepted)
    for phrase in (phrase for point in points for phrase in point.contradicted_by):
        line = first.get(phrase.said)
        if line is not None and phrase.said:
            phrase.value.fault(
                f"{phrase.value.name} {shown(phrase.text)} is accepted in line {line}: it cannot be both"
            )
    wrong = [(number, sample) for number, sample in enumerate(samples, 1) if sample.kind in {WRONG, MISLEADING}]
    for number, sample in wrong:
        said = _said(sample.text)
        for phrase in accepted:
            if phrase.stands_in(said):
                phrase.value.fault(
                    f"accepted phrasing {shown(phrase.text)} stands word for word in sample reply {number}, "
                    f"which is {sample.kind}: reword one of them"
                )


def _check_hints(hints: Iterable[_Phrase], points: Sequence[_Point]) -> None:
    for hint in hints:
        for point in points:
            given = [phrase for phrase in (point.statement, *point.accepted) if phrase.stands_in(hint.said)]
            if given:
                hint.value.fault(
                    f"hint gives the key point {shown(point.id.text)} away: it says {shown(given[0].text)} word for word"
                )
