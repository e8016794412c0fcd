"""Parses: tokens, sentences, trees and quotations of any text, and that a parse depends on its text alone."""

import os
import subprocess
import sys
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from framing.language import Parse, parse_text, parse_texts
from framing.language.building import Tokens, build_parse, joined

ARTICLE = (
    "The council voted on Monday to close the ferry line. “Nobody wanted this,” said Ann Lee, who chairs the board.\n\n"
    "“But the boats, which are old, are no longer safe.\n“We can’t repair them,” she added. Was it 'inevitable'? No!"
)
AWKWARD = [
    "", " ", "\n", " \t\r\n\u2028 ", "...", "“", "\x00", "a\x00b", "\ud800", "He\udfff said \ud83dno.", "a\r\nb\rc",
    "\u2028a\u2029", "שלום אמר האיש.", "\u202eevil\u202c he said.", "👩‍👩‍👧 said 🎉.", "e\u0301te\u0301 came.",
    "İstanbul’s ŞİŞLİ said ẞ.", "a" * 3000, "-" * 500, "' " * 200, "\ufeffHe left.", "He\u200bleft. \u00a0He  came.",
    "(" * 300, "http://x.y/" + "z" * 400, "A  B   C\tD\x0bE\x0cF\x1cG\x85H", "  He   said   it .  ", "1,000,000.00%",
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=80),  # lone surrogates too
    st.text(alphabet="aA .,\n\r\t“”'\"’\u2028\x00\ud800é🎉-—()", max_size=200),
    st.lists(st.sampled_from([*ARTICLE.split(" "), *AWKWARD]), max_size=40).map(" ".join),
    st.sampled_from(AWKWARD),
)


def check(parse: Parse) -> None:
    """What holds of every parse."""
    text, n = parse.text, len(parse)
    assert all(len(column) == n for column in (parse.start, parse.end, parse.lower, parse.lemma, parse.tag, parse.pos))
    assert parse.word == [text[a:b] for a, b in zip(parse.start, parse.end, strict=True)]
    assert all(word and not any(map(str.isspace, word)) for word in parse.word)
    assert all(end <= start for end, start in zip(parse.end, parse.start[1:], strict=False))
    assert sum(map(len, parse.word)) == sum(not character.isspace() for character in text)
    for runs, numbers in ((parse.sentences, parse.sentence), (parse.paragraphs, parse.paragraph)):
        assert [number for number, (first, beyond) in enumerate(runs) for _ in range(first, beyond)] == numbers
        assert all(first < beyond for first, beyond in runs)
    for first, beyond in parse.sentences:
        assert parse.paragraph[first] == parse.paragraph[beyond - 1]
    for token in range(n):
        assert parse.sentence[parse.head[token]] == parse.sentence[token]
        assert len(list(parse.ancestors(token))) < n  # no cycle
        below = parse.subtree(token)
        assert (parse.first[token], parse.last[token]) == (below[0], below[-1])
        assert all(parse.head[child] == token != child for child in parse.children[token])
    assert sum(map(len, parse.children)) == sum(head != token for token, head in enumerate(parse.head))
    for token, number in enumerate(parse.quotation):
        around = [i for i, q in enumerate(parse.quotations) if not q.nested and q.start <= parse.start[token] < q.end]
        assert number == (around[0] if around else -1)


@pytest.mark.parametrize("text", [*AWKWARD, ARTICLE], ids=repr)
def test_awkward_texts(text: str) -> None:
    check(parse_text(text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    check(parse_text(text))


def test_what_the_lists_hold() -> None:
    parse = parse_text("“We won’t pay,” she said.\nHe  may go.")
    assert parse.word == ["“", "We", "wo", "n’t", "pay", ",", "”", "she", "said", ".", "He", "may", "go", "."]
    assert parse.lemma[2:5] == ["will", "not", "pay"]
    assert [parse.word[h] for h in parse.head[:10]] == [
        "said", "pay", "pay", "pay", "said", "said", "said", "said", "said", "said",
    ]  # fmt: skip
    assert (parse.first[4], parse.last[4], parse.first[8], parse.last[8]) == (1, 4, 0, 9)
    assert (parse.sentences, parse.paragraphs) == ([(0, 10), (10, 14)], [(0, 10), (10, 14)])
    assert parse.quotation == [0] * 7 + [-1] * 7
    assert (parse.pos[2], parse.pos[4], parse.tag[8], parse.dep[7]) == ("AUX", "VERB", "VBD", "nsubj")


def test_a_broken_character_is_read_as_an_unknown_one_and_keeps_its_place() -> None:
    broken, unknown = (parse_text(f"He{mark} said “no” to {mark}it.") for mark in ("\ud83d", "\ufffd"))
    assert (broken.start, broken.tag, broken.head) == (unknown.start, unknown.tag, unknown.head)
    assert "\ud83d" in "".join(broken.word)


def test_a_parse_is_the_same_alone_or_among_others() -> None:
    texts = [ARTICLE, "No.", "", AWKWARD[9], ARTICLE.upper()]
    alone = [asdict(parse_text(text)) for text in texts]
    assert [asdict(parse) for parse in parse_texts(reversed(texts))] == alone[::-1]


def test_a_parse_is_the_same_whatever_the_threads() -> None:
    with threadpool_limits(1):
        one = asdict(parse_text(ARTICLE * 20))
    with threadpool_limits(2):
        assert asdict(parse_text(ARTICLE * 20)) == one


def test_a_parse_is_the_same_in_another_process() -> None:
    code = "import sys; from framing.language import parse_text; print(parse_text(sys.stdin.read()).head)"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", code], input=ARTICLE, text=True, encoding="utf-8", capture_output=True, env=environment
    )
    assert run.stdout.strip() == str(parse_text(ARTICLE).head), run.stderr


def test_long_paragraphs_are_parsed_in_pieces_that_end_with_a_sentence_or_a_word() -> None:
    sentence = "The council voted on Monday to close the old ferry line. "
    parse = parse_text(sentence * 400)  # 22,800 characters
    assert (len(parse.sentences), len(parse.paragraphs)) == (400, 1)
    words = parse_text("and so on " * 3000)
    assert set(words.word) == {"and", "so", "on"}
    assert len(words.paragraphs) == 1


def test_a_word_of_200_000_characters() -> None:
    parse = parse_text("He said " + "x" * 200_000 + " twice.")
    check(parse)
    assert len(parse) < 40


def test_white_space_is_no_token_and_what_hangs_on_it_hangs_higher() -> None:
    # Offset, length, tag, label, head (relative), sentence start, white space. The word at 3 hangs on white space that
    # hangs on the word at 0; the one at 5 hangs on white space that is a root.
    rows = [
        (0, 1, 0, 0, 0, 1, 0),
        (1, 2, 0, 0, -1, 0, 1),
        (3, 1, 0, 0, -1, 0, 0),
        (4, 1, 0, 0, 0, 1, 1),
        (5, 1, 0, 0, -1, 0, 0),
    ]
    tokens = joined([(np.array(rows), np.arange(10, 16))])
    assert tokens.start.tolist() == [10, 13, 15]
    assert tokens.head.tolist() == [0, 0, 2]
    assert tokens.sentence.tolist() == [0, 0, 1]


def test_heads_that_leave_their_sentence_become_roots() -> None:
    rows = [(0, 1, 0, 0, 0, 1, 0), (1, 1, 0, 0, -1, 1, 0)]
    assert joined([(np.array(rows), np.arange(2))]).head.tolist() == [0, 1]


def test_nothing_to_join() -> None:
    assert len(build_parse("", joined([]), [], [])) == 0
    assert all(len(column) == 0 for column in joined([]))
    assert Tokens._fields[0] == "start"


def test_cost_outside_the_model_grows_with_length_only() -> None:
    # A chain as deep as it is long is the worst case for subtrees.
    for n in (10, 20_000):
        rows = [(i, 1, 0, 0, -min(i, 1), int(i == 0), 0) for i in range(n)]
        parse = build_parse("x" * n, joined([(np.array(rows), np.arange(n))]), [(0, n)], [])
        assert parse.last[:-1] == [n - 1] * (n - 1)
        assert all(a == b - 1 for a, b in pairwise(parse.first))


def test_a_curly_apostrophe_is_read_like_a_straight_one() -> None:
    curly, straight = (parse_text(f"They don{mark}t say so, and it isn{mark}t Ann{mark}s.") for mark in "’'")
    assert curly.text[slice(*curly.span(2, 2))] == "n’t"
    assert (curly.tag, curly.dep, curly.head) == (straight.tag, straight.dep, straight.head)
    assert curly.tag[2] == "RB"
