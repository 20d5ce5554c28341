from adapters.grading.lexical import suggest_all
from bot.domain.reply import Verdict
from tests.adapters.grading.sample import QUESTION

WHOLE = (
    "A few customers get the crocodile before the rest of the pond do. "
    "We monitor latency, conversions and splashes at each step. "
    "Nothing was taken down, so roll back by draining the pond to the previous deployment."
)


def verdicts(reply: str, **learnt: list[str]) -> list[Verdict]:
    (suggestion,) = suggest_all(QUESTION, {name.replace("_", "-"): texts for name, texts in learnt.items()}, [reply])
    return [verdict.verdict for verdict in suggestion.verdicts]


def test_of_a_whole_reply_only_what_speaks_of_the_key_point_is_learnt() -> None:
    before = verdicts("We look at conversions and splashes all day.")
    after = verdicts("We look at conversions and splashes all day.", guard_metrics=[WHOLE])
    other = verdicts("We look at conversions and splashes all day.", rollback=[WHOLE])

    assert before[1] is not Verdict.COVERED
    assert after[1] is Verdict.COVERED
    assert other == before


def test_of_a_reply_in_quite_other_words_all_of_it_is_learnt() -> None:
    odd = "Dip a toe in the water. Look for crocodiles."

    assert verdicts("I would dip one toe in the water first", small_share=[odd])[0] is Verdict.COVERED


def test_each_learnt_phrasing_has_its_own_words() -> None:
    reply = "we dip a toe in the water and look for crocodiles"
    alone = verdicts(reply, small_share=["dip a toe in the water"])

    assert verdicts(reply, small_share=["dip a toe in the water"], rollback=["dipped toes", "waterproof"]) == alone


def test_an_empty_phrasing_says_nothing() -> None:
    assert verdicts("we dip a toe in the water", small_share=["", "…", "the"]) == [Verdict.NOT_SEEN] * 3
