"""Everything that is kept of a member, read from the team's keys and put into values that JSON has."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from adapters.redis import codec, key_parts, keys
from adapters.redis.erasure import awards_of, by_kind
from adapters.redis.phrasings import team_and_question
from adapters.redis.store import Store, answering, instant
from bot.domain.ids import MemberId, RoundId, team_of
from bot.domain.reply import Suggestion

_LISTS = (
    "awards",
    "streaks",
    "memories",
    "attempts",
    "set_up",
    "looks_after",
    "paused",
    "changes",
    "taught",
    "accepted",
    "feedback",
)
_OF_A_ROUND = ("reply", "late_reply", "suggestion", "grade")
"""What a member can have in a round, in the order in which it comes about."""
_INSTANTS = ("at", "last", "due", "reviewed")

Ask = Callable[[Any, str], object]
"""Puts what is to be read of a key into a pipeline."""
Take = Callable[[str, Any], None]
"""Takes in what was read of a key; called only if there was something."""


@dataclass(frozen=True, slots=True)
class Export:
    """One member's export. ``rounds``, ``boards`` and ``lists`` fill while the team's keys are read."""

    store: Store
    member: MemberId
    rounds: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    boards: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    async def made(self) -> Mapping[str, object]:
        team = team_of(self.member)
        async for found in by_kind(self.store, team):
            await self._read(found)
        async with answering():
            hidden = await self.store.steady.sismember(keys.hidden_members(team), self.member)
        return {
            "member": self.member,
            "hidden": bool(hidden),
            "rounds": await self._rounds(),
            "boards": dict(sorted(self.boards.items())),
            **{name: sorted(self.lists[name], key=codec.dumps) for name in _LISTS},
        }

    def _readers(self) -> Mapping[str, tuple[Ask, Take]]:
        def of_member(asked: Any, key: str) -> object:
            return asked.hget(key, self.member)

        return {
            "replies": (of_member, self._of_round("reply", _parts)),
            "late": (of_member, self._of_round("late_reply", _parts)),
            "suggestions": (of_member, self._of_round("suggestion", _suggestion)),
            "grades": (of_member, self._of_round("grade", _grade)),
            "streaks": (of_member, self._streak),
            "feedback": (of_member, self._feedback),
            "board": (self._score, self._board),
            "team-board": (self._score, self._board),
            "programme": (lambda asked, key: asked.hget(key, "data"), self._programme),
            "changes": (lambda asked, key: asked.zrange(key, 0, -1, withscores=True), self._changes),
            "memories": (lambda asked, key: asked.hgetall(key), self._memories),
            "phrasings": (lambda asked, key: asked.hvals(key), self._phrasings),
            "attempt": (lambda asked, key: asked.get(key), self._attempt),
        }

    async def _read(self, found: Mapping[str, Sequence[str]]) -> None:
        """Read some keys of the team, all at once, and the ledgers among them one by one."""
        readers = self._readers()
        wanted = [(kind, key) for kind in found.keys() & readers.keys() for key in self._possible(kind, found[kind])]
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for kind, key in wanted:
                readers[kind][0](asked, key)
            answers = await asked.execute()
        for (kind, key), answer in zip(wanted, answers, strict=True):
            if answer not in (None, [], {}):
                readers[kind][1](key, answer)
        for ledger in found.get("ledger", ()):
            self._awards(await awards_of(self.store, ledger, self.member))

    def _possible(self, kind: str, names: Iterable[str]) -> Iterable[str]:
        return [name for name in names if kind not in keys.OF_MEMBERS or key_parts.is_of(name, self.member)]

    async def _rounds(self) -> Sequence[Mapping[str, object]]:
        ids = [RoundId(id_) for id_ in sorted(self.rounds)]
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for id_ in ids:
                asked.hget(keys.round_(id_), "data")
            questions = [json.loads(data)["text"] if data else None for data in await asked.execute()]
        kept = [{name: self.rounds[id_][name] for name in _OF_A_ROUND if name in self.rounds[id_]} for id_ in ids]
        return [{"round": id_, "question": text, **one} for id_, text, one in zip(ids, questions, kept, strict=True)]

    def _of_round(self, name: str, read: Callable[[str], object]) -> Take:
        def take(key: str, text: str) -> None:
            self.rounds[key_parts.id_of(key)][name] = read(text)

        return take

    def _score(self, asked: Any, key: str) -> object:
        return asked.zscore(key, self.member)

    def _awards(self, found: Mapping[str, str]) -> None:
        for award in (codec.award_from_json(id_, text) for id_, text in found.items()):
            self.lists["awards"].append(
                {
                    "round": award.round,
                    "cause": award.cause,
                    "points": award.points,
                    "at": award.at.isoformat(),
                }
            )

    def _board(self, key: str, points: float) -> None:
        self.boards[key_parts.id_of(key_parts.shown_board(key))] = int(points)

    def _streak(self, key: str, kept: str) -> None:
        length, _, best = kept.split("|")
        self.lists["streaks"].append({"place": key_parts.id_of(key), "last": int(length), "best": int(best)})

    def _feedback(self, key: str, said: str) -> None:
        self.lists["feedback"].append({"about": key_parts.id_of(key), "said": said})

    def _programme(self, key: str, data: str) -> None:
        row = json.loads(data)
        if row["set_up_by"] == self.member:
            self.lists["set_up"].append(key_parts.id_of(key))
        if self.member in row.get("admins", ()):
            self.lists["looks_after"].append(key_parts.id_of(key))
        if row.get("paused_by") == self.member:
            self.lists["paused"].append({"place": key_parts.id_of(key), "reason": row["pause_reason"]})

    def _changes(self, key: str, entries: Sequence[tuple[str, float]]) -> None:
        for row, at in ((json.loads(entry), at) for entry, at in entries):
            if row["who"] == self.member:
                change = {
                    "place": key_parts.id_of(key),
                    "at": instant(at).isoformat(),
                    "what": row["what"],
                    "reason": row["reason"],
                }
                self.lists["changes"].append(change)

    def _phrasings(self, key: str, kept: Sequence[str]) -> None:
        for row in map(json.loads, kept):
            about = {"question": team_and_question(key)[1], "key_point": row["point"], "text": row["text"]}
            for name, is_ in (
                ("taught", row.get("from") == keys.hashed(self.member)),
                ("accepted", row.get("by") == self.member),
            ):
                if is_:
                    self.lists[name].append({**about, "at": instant(row["at"]).isoformat()})

    def _memories(self, _key: str, kept: Mapping[str, str]) -> None:
        for question, text in kept.items():
            self.lists["memories"].append({"question": question, **_readable(json.loads(text))})

    def _attempt(self, key: str, text: str) -> None:
        question = key_parts.id_of(key).removeprefix(f"{self.member}:")
        self.lists["attempts"].append({"question": question, **_readable(json.loads(text))})


def _parts(text: str) -> Sequence[Mapping[str, object]]:
    rows: Mapping[str, Any] = json.loads(text)
    return [
        {
            "part": part,
            "text": row["t"],
            "withdrawn": row["x"],
            "at": datetime.fromtimestamp(int(row["v"]) / 1e6, UTC).isoformat(),
        }
        for part, row in rows.items()
    ]


def _suggestion(text: str) -> Mapping[str, object]:
    return _readable_suggestion(codec.suggestion_from_json(text))


def _readable_suggestion(suggestion: Suggestion) -> Mapping[str, object]:
    """Number the key points, as one does who ticks them."""
    return {
        "grader": f"{suggestion.grader} {suggestion.version}",
        "key_points": [
            {"number": number, "verdict": one.verdict, "evidence": one.evidence}
            for number, one in enumerate(suggestion.verdicts, start=1)
        ],
        **({"second": _readable_suggestion(suggestion.second)} if suggestion.second else {}),
    }


def _grade(text: str) -> Mapping[str, object]:
    grade = codec.grade_from_json(text)
    return {
        "points": grade.points,
        "ticked": _numbers(grade.ticks),
        "good_faith": grade.good_faith,
        "origin": grade.origin,
        "reason": grade.reason,
        **(
            {"appeal": {"asked_for": _numbers(grade.appeal.ticks), "reason": grade.appeal.reason}}
            if grade.appeal
            else {}
        ),
        **({"decision": asdict(grade.decision)} if grade.decision else {}),
    }


def _numbers(ticks: Iterable[bool]) -> list[int]:
    return [number for number, tick in enumerate(ticks, start=1) if tick]


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a memory or an attempt with its instants in words, and what is packed in it as in a grade."""
    read = dict(row)
    for name in _INSTANTS:
        if name in read:
            read[name] = instant(read[name]).isoformat()
    if read.get("before"):
        read["before"] = _readable(read["before"])
    if isinstance(read.get("suggestion"), str):
        read["suggestion"] = _suggestion(read["suggestion"])
    if isinstance(read.get("ticks"), str):
        read["ticked"] = _numbers(tick == "1" for tick in read.pop("ticks"))
    return read
