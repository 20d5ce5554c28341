"""The lexical grader's only figures. They were chosen by looking at the bank's sample replies and hold for such replies.

Over fifteen questions (430 labels) the ticks are right for 78 % of the key points that were made and 79 % of those that
were not, 78 % on the mean; without the replies that were written to mislead, with the right words in wrong sentences, it
is 82 %: nothing here reads meaning. The phrasings were reworded without the words of these replies, yet by somebody who
had read them, so others may fare somewhat worse.
The figures are few and round, and moving one by a tenth changes little.
"""

COVERED = 0.3
MAYBE = 0.26
"""Least scores of a passage for a key point to count as covered, or as maybe so: the share of one phrasing's words in it."""
OTHER_WORDS = 6.0
"""What else the passage has of the key point's words adds its weight over this to the score: people mix phrasings."""
LEAST_WEIGHT = 4.0
"""Words weigh up to 1. A phrasing of several is measured as if they weighed this at least: one word alone is no idea."""
CONTRADICTED = 0.4
"""Least share of the words of a contradiction that counts as saying it."""
NEAR = 4
"""A negation touches words that are so many words away at most."""
