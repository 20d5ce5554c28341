import pytest

from adapters.discord.views import markdown, rich
from adapters.discord.views.text import escaped


def shown(text: str, limit: int = rich.LONGEST) -> str:
    return rich.drawn([markdown.flow(text)], limit)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Not yet.** Look *first*.", "**Not yet.** Look *first*."),
        ("a ~~b~~ ***c***", "a ~~b~~ ***c***"),
        ("one\nline\n\nanother", "one line\n\nanother"),
        ("one\\\ntwo", "one\ntwo"),
        ("# Title\n\ntext", "**Title**\n\ntext"),
        ("- a\n- b", "- a\n- b"),
        ("* a\n  - b\n    - c", "- a\n  - b\n    - c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("1. a\n\n   more\n2. b", "1. a\n   more\n2. b"),
        ("before\n\n- a\n\nafter", "before\n- a\nafter"),
        ("> a\n> b\n>\n> c", "> a b\n> \n> c"),
        ("`a_b` and ``c`d``", "`a_b` and `` c`d ``"),
        ("```sql\nselect *\nfrom t\n```", "```\nselect *\nfrom t\n```"),
        ("[the docs](https://example.org/a_(b))", "[the docs](https://example.org/a_%28b%29)"),
        ("![a picture](https://example.org/p.png)", "[a picture](https://example.org/p.png)"),
        ("[nowhere](ftp://example.org)", "nowhere"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("feature_store * 2 | x", "feature\\_store \\* 2 \\| x"),
        ("1\\. no list", "1\\. no list"),
        ("<b>html</b> &amp; more", "\\<b\\>html\\</b\\> & more"),
        ("**", "\\*\\*"),
        ("", ""),
    ],
)
def test_what_the_bank_says_is_said_in_discords_markdown(written: str, said: str) -> None:
    assert shown(written) == said


@pytest.mark.parametrize("limit", range(1, 40))
def test_a_text_is_cut_without_breaking_its_markup(limit: int) -> None:
    said = shown("**Not yet.** Look `first` at [the docs](https://example.org) and wait.\n\n```\ncode\n```\n", limit)

    assert "…" in said
    assert said.count("**") % 2 == said.count("`") % 2 == 0
    assert said.count("](https://example.org)") == said.count("[")


def test_a_fence_in_code_ends_nothing() -> None:
    assert shown("~~~\n```\n@everyone\n~~~") == "```\n'''\n@everyone\n```"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("@everyone <@1> <#2> <t:3:R> <:x:4>", "\\@everyone \\<\\@1\\> \\<#2\\> \\<t\\:3:R\\> \\<\\:x:4\\>"),
        ("https://a.example [a](b) a: b 09:30", "https\\://a.example \\[a\\](b) a: b 09:30"),
        ("# a\n-# b\n - c\n> d\n1. e\n+ f", "\\# a\n\\-# b\n \\- c\n\\> d\n1\\. e\n\\+ f"),
        ("`a` ||b|| ~~c~~ _d_", "\\`a\\` \\|\\|b\\|\\| \\~\\~c\\~\\~ \\_d\\_"),
        ("mon-fri, 1.5 and C#", "mon-fri, 1.5 and C#"),
        ("\\*a\\*", "\\\\\\*a\\\\\\*"),
    ],
)
def test_what_people_wrote_is_shown_as_they_wrote_it(written: str, said: str) -> None:
    assert escaped(written) == said
