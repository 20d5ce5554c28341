"""Values as the JSON in which they are kept, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from adapters.redis.store import instant, ms
from bot.domain.ids import MemberId, PlaceId, ProgrammeId, RoundId
from bot.domain.plan import Plan
from bot.domain.programme import Collect, Programme, ProgrammeState, Schedule
from bot.domain.question import KeyPoint, Level, Question, Source
from bot.domain.reply import Appeal, Decision, Grade, Origin, PointVerdict, Suggestion, Verdict
from bot.domain.score import Award, Cause, Streak
from bot.views import BotFacts

Row = Mapping[str, Any]

_QUESTIONS = 256
"""So many texts of questions are remembered: each is read and written many times while it is open, in many places at once."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def dumps(value: Any) -> str:
    return _ENCODER.encode(value)


def question_to_json(question: Question) -> str:
    """Keep the question whole, as asked, but for the bank's sample replies, which no round needs."""
    return _question_to_json(replace(question, samples=()))  # samples have no hash


@lru_cache(_QUESTIONS)
def _question_to_json(question: Question) -> str:
    row = asdict(question)
    del row["samples"]
    return dumps(row)


@lru_cache(_QUESTIONS)
def question_from_json(text: str) -> Question:
    row = json.loads(text)
    return Question(
        **{name: row[name] for name in ("id", "revision", "topic", "text", "model_answer", "follow_up")},
        level=Level(row["level"]),
        reviewed=date.fromisoformat(row["reviewed"]),
        review_after=date.fromisoformat(kept) if (kept := row.get("review_after")) else None,  # older rounds lack it
        key_points=tuple(
            KeyPoint(
                id=point["id"],
                statement=point["statement"],
                weight=point["weight"],
                accepted=tuple(point["accepted"]),
                contradicted_by=tuple(point["contradicted_by"]),
            )
            for point in row["key_points"]
        ),
        sources=tuple(Source(**source) for source in row["sources"]),
        hints=tuple(row["hints"]),
        tags=tuple(row["tags"]),
    )


def weights_to_text(question: Question) -> str:
    return ",".join(str(point.weight) for point in question.key_points)


def programme_to_json(programme: Programme) -> str:
    schedule = programme.schedule
    return dumps(
        {
            "place": programme.place,
            "schedule": {
                "at": schedule.at.isoformat(),
                "reveal_at": schedule.reveal_at.isoformat(),
                "zone": schedule.zone,
                "weekdays": sorted(schedule.weekdays),
                "reveal_days": schedule.reveal_days,
                "every": schedule.every,
                "anchor": schedule.anchor.isoformat(),
                "holidays": schedule.holidays,
            },
            "topics": sorted(programme.topics),
            "levels": dict(programme.levels),
            "collect": programme.collect,
            "language": programme.language,
            "set_up_by": programme.set_up_by,
            "admins": sorted(programme.admins),
            "pause_reason": programme.pause_reason,
            "paused_by": programme.paused_by,
        }
    )


def without_names(programme: Row, *members: MemberId) -> Row | None:
    """Return a programme's row without these members, and without the reason that one of them gave; None if it has none."""
    by = [name for name in ("set_up_by", "paused_by") if programme.get(name) in members]
    admins = [admin for admin in programme.get("admins", []) if admin not in members]
    if not by and len(admins) == len(programme.get("admins", [])):
        return None
    reason = {"pause_reason": ""} if "paused_by" in by else {}
    return {**programme, **dict.fromkeys(by, None), **reason, "admins": admins}


def programme_from_row(id_: ProgrammeId, row: Row) -> Programme:
    kept = json.loads(row["data"])
    schedule = kept["schedule"]
    return Programme(
        id=id_,
        place=PlaceId(kept["place"]),
        schedule=Schedule(
            at=time.fromisoformat(schedule["at"]),
            reveal_at=time.fromisoformat(schedule["reveal_at"]),
            zone=schedule["zone"],
            weekdays=frozenset(schedule["weekdays"]),
            reveal_days=schedule["reveal_days"],
            every=schedule["every"],
            anchor=date.fromisoformat(schedule["anchor"]),
            holidays=schedule["holidays"],
        ),
        topics=frozenset(kept["topics"]),
        levels={Level(level): share for level, share in kept["levels"].items()},
        collect=Collect(kept["collect"]),
        language=kept["language"],
        state=ProgrammeState(row["state"]),
        revision=int(row["revision"]),
        set_up_by=MemberId(kept["set_up_by"]) if kept["set_up_by"] else None,
        admins=frozenset(kept.get("admins", ())),  # there were none at first
        pause_reason=kept["pause_reason"],
        paused_by=MemberId(kept["paused_by"]) if kept.get("paused_by") else None,
    )


def plan_to_json(plan: Plan | None) -> str:
    """Return a plan as it is kept, always in the same way, so that it can be compared; empty for none."""
    return dumps(asdict(plan)) if plan else ""


def plan_from_json(text: str) -> Plan:
    row = json.loads(text)
    passed, wishes = tuple(row["passed"]), tuple(row["wishes"])
    return Plan(round=RoundId(row["round"]), question=row["question"], passed=passed, wishes=wishes)


def suggestion_to_json(suggestion: Suggestion) -> str:
    return dumps(_suggestion_to_row(suggestion))


def suggestion_from_json(text: str) -> Suggestion:
    return _suggestion_from_row(json.loads(text))


def _suggestion_to_row(suggestion: Suggestion) -> Row:
    verdicts = [[verdict.verdict, verdict.evidence] for verdict in suggestion.verdicts]
    row = {"grader": suggestion.grader, "version": suggestion.version, "verdicts": verdicts}
    return {**row, "second": _suggestion_to_row(suggestion.second)} if suggestion.second else row


def _suggestion_from_row(row: Row) -> Suggestion:
    verdicts = tuple(PointVerdict(verdict=Verdict(verdict), evidence=evidence) for verdict, evidence in row["verdicts"])
    second = _suggestion_from_row(row["second"]) if "second" in row else None
    return Suggestion(verdicts=verdicts, grader=row["grader"], version=row["version"], second=second)


def ticks_to_text(ticks: tuple[bool, ...]) -> str:
    return "".join("1" if tick else "0" for tick in ticks)


def ticks_from_text(text: str) -> tuple[bool, ...]:
    return tuple(tick == "1" for tick in text)


def grade_to_json(grade: Grade) -> str:
    """Keep a member's first grade under the short names that the scripts read which change it."""
    return dumps(
        {
            "v": grade.version,
            "t": ticks_to_text(grade.ticks),
            "g": grade.good_faith,
            "p": grade.points,
            "o": grade.origin,
            "r": grade.reason,
            **({"c": True} if grade.copied else {}),
        }
    )


def grade_from_json(text: str) -> Grade:
    row = json.loads(text)
    appeal, decision = row.get("a"), row.get("d")
    return Grade(
        ticks=ticks_from_text(row["t"]),
        good_faith=row["g"],
        points=row["p"],
        origin=Origin(row["o"]),
        reason=row["r"],
        version=row["v"],
        appeal=Appeal(ticks=ticks_from_text(appeal["t"]), reason=appeal["r"]) if appeal else None,
        decision=Decision(accepted=decision["a"], reason=decision["r"]) if decision else None,
        waits_since=instant(row["w"]) if "w" in row else None,
        copied="c" in row,
    )


def streak_to_text(streak: Streak) -> str:
    return f"{streak.length}|{streak.index}|{streak.best}"


def award_to_json(award: Award) -> str:
    """Keep an award; round, member and cause are in its id."""
    return dumps(
        {
            "points": award.points,
            "at": ms(award.at),
            "number": award.number,
            "index": award.index,
        }
    )


def award_from_json(id_: str, text: str) -> Award:
    round_, member, cause = id_.split("/")
    row = json.loads(text)
    return Award(
        round=RoundId(round_),
        member=MemberId(member),
        cause=Cause(cause.split(".")[0]),
        points=row["points"],
        at=instant(row["at"]),
        number=row["number"],
        index=row["index"],
    )


def bot_to_text(who: str, facts: BotFacts) -> str:
    """Say what a bot tells of itself; ``who`` sets those apart that tell the same."""
    return dumps({"who": who, **asdict(facts)})


def bot_from_text(text: str) -> BotFacts | None:
    """Read it again; None of one that tells nothing, as earlier versions did."""
    if not text.startswith("{"):
        return None
    row = json.loads(text)
    return BotFacts(
        questions=row["questions"],
        read_at=datetime.fromisoformat(row["read_at"]),
        refused_at=datetime.fromisoformat(row["refused_at"]) if row["refused_at"] else None,
        refused=row["refused"],
    )
