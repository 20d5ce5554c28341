"""The offline grader's only figures. ``python -m benchmarks.fit_grading`` says how they fare on the bank's sample replies.

It proposes ``COVERED`` and ``MAYBE``; the others are few and round, and moving one by a tenth changes little.
"""

COVERED = 0.46
MAYBE = 0.3
"""Least scores of a passage for a key point to count as covered, or as maybe so: the share of one phrasing's words in it,"""
IN_PASSAGE = 6.0
"""and what else it has of the key point's words by weight, over this: people mix phrasings,"""
IN_SENTENCE = 8.0
"""and what its whole sentence has of them, over this. No other sentence counts: talk about other things adds nothing."""
DENSE = 2 / 3
"""Two words of everyday talk count only where so great a part of the passage's words is the question's."""
LEAST_WEIGHT = 4.0
"""Words weigh up to 1. A phrasing is measured as if its words weighed this at least: one word alone is no idea."""
CONTRADICTED = 0.4
"""Least share of the words of a contradiction that counts as saying it."""
NEAR = 4
"""A negation touches words that are so many words away at most."""

ASKED = 0.3
"""Likeness: what a word of the model answer weighs that stands in the question, too."""
DAMPED = 0.7
"""The power of the share of its words: the first ones tell more than the last."""
NEIGHBOURS = 3
"""So many words on either side of one that was found are compared by their letters."""
OFF_TOPIC = 0.1
"""The power of the share of the reply's words that belong to the matter: talk about other things costs a little."""
