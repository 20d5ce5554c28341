"""How wide text is, without a font: Helvetica, Arial and Liberation Sans all have these widths. Others are fitted to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import findall

_PLAIN = {
    191: "'",
    222: "ijl",
    278: " !,./:;I[\\]ft·",
    333: "()-`r“”",
    350: "•",
    355: '"',
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl·",
    333: "!()-:;[]`ft",
    350: "•",
    389: "r",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy",
    584: "+<=>~",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
_WIDTHS: Mapping[bool, Mapping[str, int]] = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, _PLAIN), (True, _BOLD))
}
"""In thousandths of the size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    size: float = 15
    bold: bool = False
    italic: bool = False
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    style: Style

    @property
    def width(self) -> float:
        """A letter that the tables lack is none that the pictures may have: KeyError."""
        widths = _WIDTHS[self.style.bold]
        return sum(widths[letter] for letter in self.text) * self.style.size / 1000


Word = list[Run]


def lines(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """Return the runs in lines of at most this width, broken between words alone."""
    done: list[list[Run]] = [[]]
    for word in _words(runs):
        if word[0].text == "\n":
            done.append([])
        elif _width(done[-1]) + _width(word) <= width:
            done[-1] += word
        elif word[0].text.strip():
            if _width(word) > width:
                raise ValueError(f"{word[0].text!r} is wider than its line")
            done.append(word)
    return done


def _words(runs: Sequence[Run]) -> list[Word]:
    """Return words, the spaces between them and the ends of lines; a word may begin in one style and end in another."""
    words: list[Word] = []
    for run in runs:
        for text in findall(r"\n|[^\S\n]+|\S+", run.text):
            piece = Run(text, run.style)
            if text.strip() and words and words[-1][-1].text.strip():
                words[-1].append(piece)
            else:
                words.append([piece])
    return words


def _width(runs: Sequence[Run]) -> float:
    return sum(run.width for run in runs)
