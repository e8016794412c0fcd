"""Quotation marks: each kind and mishap of printing, what is no quotation, and promises on any text."""

import re
import sys
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.language import find_quotations
from framing.language.quotation import Quotation

LINE = re.compile(r"[^\n]+")


def quotations(text: str) -> list[Quotation]:
    return find_quotations(text, [match.span() for match in LINE.finditer(text)])


def quoted(text: str) -> list[str]:
    """Surfaces, with ~ where no closing mark ends it, > where it goes on from before and () around nested ones."""
    shown = []
    for q in quotations(text):
        surface = ("> " if q.continues else "") + text[q.start : q.end] + ("" if q.closed else " ~")
        shown.append(f"({surface})" if q.nested else surface)
    return shown


# Text, a tab-wide bar, the quotations expected, each after a bar. ⏎ is a paragraph break.
CASES = """
“No,” she said.|“No,”
"No," she said. "Never."|"No,"|"Never."
``No,'' she said.|``No,''
''No,'' she said. ''We can't.''|''No,''|''We can't.''
« Non », dit-elle.|« Non »
»Nein«, sagte sie.|»Nein«
„Nein“, sagte sie.|„Nein“
She called it ”odd” and left.|”odd”
She called it “odd" and left.|“odd"
She called it "odd” and left.|"odd”
She called it “odd“ and left.|“odd“
He said: "We won."|"We won."
The law—"a joke"—passed ("badly").|"a joke"|"badly"
“One.” “Two.”|“One.”|“Two.”
"One.""Two."|"One."|"Two."
"One," he said—"two."|"One,"|"two."
""We know," he said.|""We know,"
“He called it “odd” and left,” she said.|“He called it “odd” and left,”|(“odd”)
"He called it a "gold standard," and left," she said.|"He called it a "gold standard," and left,"|("gold standard,")
“He said, ‘No.’”|“He said, ‘No.’”|(‘No.’)
“He said, ‘No.’ ” She left.|“He said, ‘No.’ ”|(‘No.’)
"He said, 'No.'" She left.|"He said, 'No.'"|('No.')
''He said, 'No.''' She left.|''He said, 'No.'''|('No.')
'He said "no" to me,' she said.|'He said "no" to me,'|("no")
'The workers' plan failed,' he said.|'The workers' plan failed,'
The workers' plan failed; the owners' didn't.|
In the '90s, and in ’68, O’Neill’s ’em and 'tis and rock 'n' roll.|
He’d said it’s o'clock.|
He saw '60 Minutes' on TV.|'60 Minutes'
They called them 'traitors', he said.|'traitors'
'Big deals' were 'running late', he said.|'Big deals'|'running late'
Mayor: No 'plan B' for bridge|'plan B'
Mayor says ‘no’ to ‘plan B’|‘no’|‘plan B’
She said, ’No, never,’ and left.|’No, never,’
“He’s 6' 2" tall,” she said of the 12" pipe.|“He’s 6' 2" tall,”
"He is 6' 2" tall," she said.|"He is 6' 2" tall,"
A 12" pipe, a 6'3" man and a 3.5" disk.|
"The class of 2015" was "big".|"The class of 2015"|"big"
"I won't," she said. 'One side will.|"I won't,"
She left." And then he left.|
She said it was " very odd " indeed.|" very odd "
He saw it as " 'plan B,' " he said.|" 'plan B,' "|('plan B,')
He wrote, "It is wrong. "Mr Ito meant the plan to "promote peace" there.|"It is wrong. "|"promote peace"
<a href="x.html" rel="me">Link</a> to “x”.|“x”
Of course we know," he said. "We do."|Of course we know,"|"We do."
“We know, Mr. Rother said. “We do.”|“We know, ~|“We do.”
“We know him, said Ann Lee, a clerk.|“We know him, ~
“Staff, who are many, said Ito had left the room.|“Staff, who are many, said Ito had left the room. ~
“We know about “Shark Tank” there.|“We know about ~|“Shark Tank”
“One.⏎“Two.”|“One. ~|> “Two.”
“One.⏎Two.”⏎Three.|“One. ~|> Two.”
“One.⏎Two.⏎Three!” he said.|“One. ~|> Two. ~|> Three!”
“One.⏎Two.⏎“Three!” he said.|“One. ~|“Three!”
"WALLACE: As “The Post” wrote, go.⏎"PENCE: No."|"WALLACE: As “The Post” wrote, go. ~|(“The Post”)|> "PENCE: No."
LOWERY: "We have it.⏎2. Then came Ito.|"We have it. ~
‘One.⏎‘Two.’ Three.|‘One. ~|> ‘Two.’
'One's luck.⏎He left.|
  “One.  ⏎  “Two.”|“One. ~|> “Two.”
“”|“”
"|
“|
'|
"""
ROWS = [line.split("|") for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), [(row[0], [e for e in row[1:] if e]) for row in ROWS])
def test_cases(text: str, expected: list[str]) -> None:
    assert quoted(text.replace("⏎", "\n")) == expected


def test_no_two_cases_are_the_same() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_a_stray_mark_far_off_is_no_continuation() -> None:
    assert quoted("“One.\n2.\n3.\n4.\n5.\nSix.” Seven.") == ["“One. ~"]


MARKED = st.text(alphabet="“”‘’\"'`„«»‹› aB.,?\n—(9s=“”\"'", max_size=60)


@given(MARKED | st.text())
def test_quotations_lie_in_paragraphs_and_apart_or_in_one_another(text: str) -> None:
    paragraphs = [match.span() for match in LINE.finditer(text)]
    found = find_quotations(text, paragraphs)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
    assert len({(q.start, q.end) for q in found}) == len(found)
    around: list[Quotation] = []
    for q in found:
        assert any(start <= q.start < q.end <= end for start, end in paragraphs)
        while around and around[-1].end <= q.start:
            around.pop()
        assert q.nested == bool(around)
        assert not around or q.end <= around[-1].end
        around.append(q)


@given(MARKED, MARKED)
def test_a_paragraph_without_open_ends_has_its_quotations_whatever_comes_before_and_after(
    text: str, other: str
) -> None:
    text = text.replace("\n", " ")
    alone = [text[q.start : q.end] for q in quotations(text)]
    if not all(q.closed for q in quotations(text)):
        return
    shift = len(other.replace("\n", " ")) + 12
    whole = other.replace("\n", " ") + "\n" + "x\n" * 5 + "x\n" + text
    assert [whole[q.start : q.end] for q in quotations(whole) if q.start >= shift] == alone


def steps(work: Callable[[], object]) -> int:
    """Lines of Python run by `work`: a measure of its cost that no clock disturbs."""
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    ["“a ”b ", '"', '"a "b', "'", "' 'a' ", "'a", "“", "“a, he said “", "”", "'as' ", "“a\n", "x'\n“", "12\" '"],
)
def test_cost_grows_with_length_only(unit: str) -> None:
    small, large = (steps(lambda n=n: quotations(unit * n)) for n in (200, 1600))
    assert large < 12 * small


@pytest.mark.parametrize("unit", ['"', "“", "'a ", "“a, Xx yy said ", "x, ", ", Aa Aa Aa Aa ", '""a', "='\"", "  "])
def test_a_long_paragraph_of_marks_takes_no_more_than_its_length(unit: str) -> None:
    # Counted lines don't see what a regular expression does, so the clock is asked too, with much room for noise.
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begin = process_time()
        quotations(text)
        return process_time() - begin

    assert seconds(160_000) < 40 * seconds(20_000) + 1
