"""Paragraphs: lines of ordinary texts, blocks of hard-wrapped ones."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from framing.language import parse_text
from framing.language.layout import paragraph_spans

SENTENCES = (
    "The council of the harbour town voted on Monday to close the old ferry line, which had carried workers across "
    "the bay for ninety years. “Nobody wanted this,” said Ann Lee, who chairs the transport board, “but the boats are "
    "no longer safe.” Passengers were told of the decision by letter. The mayor, who had campaigned for the ferry, "
    "declined to comment on the vote. A bridge is planned for the end of the decade, though its cost isn't known yet."
)
POEM = """The boats lie still beneath the harbour wall,
And nobody remembers why they came;
The gulls that wheel above them rise and fall,
As though each day were any day the same.
The men who sailed them sleep beyond the hill,
Where grasses cover stone and stone the name."""
TRANSCRIPT = """LEE: Good evening, and welcome to the programme.
ITO: Thank you for having me here tonight, Ann.
LEE: You voted against closing the ferry line.
ITO: I did, and I would do so again tomorrow, too.
LEE: Even though the boats are not safe any more?
ITO: They could have been repaired for very little."""
LIST = """Ten things to know about the ferry:
ninety years of service
four boats, two of them out of order
one bridge, planned for the end of the decade
a cost that nobody knows
a letter to passengers
an angry mayor"""


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraph_spans(text)]


def wrapped(*blocks: str, width: int = 70, newline: str = "\n") -> str:
    return (newline * 2).join(newline.join(textwrap.wrap(block, width)) for block in blocks)


def test_each_line_is_a_paragraph() -> None:
    text = "One.\r\nTwo.\n\n \t\nThree.\rFour.\u2028Five.\u2029Six."
    assert paragraphs(text) == ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]
    assert paragraphs(" \n\t\r\n") == paragraphs("") == []


def test_blocks_of_hard_wrapped_text_are_paragraphs() -> None:
    for width in (60, 72, 80):
        for newline in ("\n", "\r\n"):
            text = wrapped(SENTENCES, SENTENCES, width=width, newline=newline)
            assert [" ".join(p.split()) for p in paragraphs(text)] == [SENTENCES, SENTENCES], width


def test_a_heading_or_list_inside_hard_wrapped_text_keeps_its_lines() -> None:
    text = "Ferry line to close\n" + wrapped(SENTENCES) + "\n\nSources:\nCouncil\nAnn Lee\n\n" + wrapped(SENTENCES)
    found = [" ".join(p.split()) for p in paragraphs(text)]
    assert found == ["Ferry line to close", SENTENCES, "Sources:", "Council", "Ann Lee", SENTENCES]


def test_poems_lists_transcripts_and_tables_keep_their_lines() -> None:
    table = "\n".join(f"Harbour station {n:02d}   passengers {n * 37:6d}   change {n:3d}%" for n in range(12))
    for text in (POEM, TRANSCRIPT, LIST, table, POEM.lower(), f"{POEM}\n\n{TRANSCRIPT}\n\n{LIST}"):
        assert paragraphs(text) == [line for line in text.split("\n") if line]


def test_articles_of_one_line_paragraphs_keep_them() -> None:
    lines = [sentence + "." for sentence in SENTENCES.split(". ")]
    assert paragraphs("\n".join(lines * 5)) == lines * 5


def test_hard_wrapped_text_parses_as_the_same_text_unwrapped() -> None:
    flat = parse_text(f"{SENTENCES}\n\n{SENTENCES}")
    for newline in ("\n", "\r\n", "  \n   "):
        text = wrapped(SENTENCES, SENTENCES, newline="\n").replace("\n", newline).replace(newline * 2, "\n\n")
        parse = parse_text(text)
        assert (parse.word, parse.tag, parse.head) == (flat.word, flat.tag, flat.head)
        assert (parse.sentences, parse.paragraphs) == (flat.sentences, flat.paragraphs)
        assert parse.word == [text[start:end] for start, end in zip(parse.start, parse.end, strict=True)]
        assert len(parse.quotations) == 4


@given(st.text(alphabet="aB. \n\r\u2028\t", max_size=200) | st.text())
def test_paragraphs_are_ordered_and_hold_all_characters(text: str) -> None:
    spans = paragraph_spans(text)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(text[start:end].strip() for start, end in spans)
    assert sorted(spans) == spans
    assert sum(end - start for start, end in spans) == len(covered)
    assert covered >= {at for at, character in enumerate(text) if not character.isspace()}
