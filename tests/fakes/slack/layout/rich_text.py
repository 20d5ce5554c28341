"""Rich text: sections, lists, quotes and code, made of texts, links, people and times."""

from tests.fakes.slack.layout.objects import ID
from tests.fakes.slack.layout.rules import Rule, anything, boolean, by_type, many, one_of, shape, string, whole_number

_ENOUGH = 10_000

_STYLE = {"style": shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "unlink"), boolean))}
_WORDS: dict[str, Rule] = {
    "text": shape({"text": string(_ENOUGH)}, _STYLE),
    "link": shape({"url": string(3000)}, {**_STYLE, "text": string(_ENOUGH), "unsafe": boolean}),
    "emoji": shape({"name": string(255)}, {"unicode": string(255), "skin_tone": anything, **_STYLE}),
    "user": shape({"user_id": string(255)}, _STYLE),
    "usergroup": shape({"usergroup_id": string(255)}, _STYLE),
    "channel": shape({"channel_id": string(255)}, _STYLE),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLE),
    "date": shape(
        {"timestamp": whole_number(0, 2**40), "format": string(255)},
        {"url": string(3000), "fallback": string(255), **_STYLE},
    ),
    "color": shape({"value": string(255)}, _STYLE),
}
_LINE = many(by_type(_WORDS), _ENOUGH, least=0)
_VERBATIM = many(by_type({kind: _WORDS[kind] for kind in ("text", "link")}), _ENOUGH, least=0)
_BORDER = {"border": whole_number(0, 1)}
_SECTION = shape({"elements": _LINE})

RICH_TEXT = shape(
    {
        "elements": many(
            by_type(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_quote": shape({"elements": _LINE}, _BORDER),
                    "rich_text_preformatted": shape({"elements": _VERBATIM}, {**_BORDER, "language": string(255)}),
                    "rich_text_list": shape(
                        {
                            "elements": many(by_type({"rich_text_section": _SECTION}), _ENOUGH),
                            "style": one_of("bullet", "ordered"),
                        },
                        {**_BORDER, "indent": whole_number(0, 8), "offset": whole_number(0, _ENOUGH)},
                    ),
                }
            ),
            _ENOUGH,
        )
    },
    {"block_id": ID},
)
