"""Base forms and word classes: fixed words, and spaCy's own pipeline on the bundled articles."""

import importlib
from collections import Counter

import pytest

from framing.corpus import load_example
from framing.language import load_model, parse_text
from framing.language.words import coarse_pos, lemma

# tag: word base form
WORDS = """
VBD: said say / told tell / thought think / went go / had have / did do / was be / were be / planned plan / tried try
VBD: believed believe / hoped hope / stopped stop / argued argue / led lead / 'd have / ’s be
VBZ: says say / denies deny / goes go / has have / does do / is be / passes pass / accuses accuse / 's be
VBG: hoping hope / saying say / lying lie / dying die / planning plan / being be / gon go / using use / making make
VBN: said say / known know / been be / alleged allege / written write / taken take / rated rate / seen see
VBP: need need / focus focus / guess guess / dismiss dismiss / are be / am be / 're be / ’ve have / 've have / say say
VB: need need / be be / feed feed / focus focus / bring bring
MD: ca can / wo will / sha shall / 'll will / ’ll will / 'd would / ’d would / could could / must must
NNS: critics critic / countries country / men man / women woman / children child / people people / wolves wolf
NNS: taxes tax / allegations allegation / bases base / leaves leaf / data datum / cookies cookie / cases case / uses use
NN: news news / being being / glass glass / thing thing / building building
JJ: red red / interested interested / united united
JJR: bigger big / better good / worse bad / happier happy / larger large
JJS: biggest big / best good / worst bad / largest large
RB: n't not / n’t not / clearly clearly / not not
NNP: Sanders sanders / Times times
PRP: him him / it it
DT: an a / the the
""".lower()
CASES = [
    (tag.upper(), *pair.split())
    for line in WORDS.strip().splitlines()
    for tag, words in [line.split(": ")]
    for pair in words.split(" / ")
]


@pytest.mark.parametrize(("tag", "word", "expected"), CASES)
def test_base_forms(tag: str, word: str, expected: str) -> None:
    assert lemma(word, tag) == expected


@pytest.mark.parametrize("word", ["", "\ud800s", "\x00ing", "🎉s", "s", "ed", "ing", "’", "İng"])
@pytest.mark.parametrize("tag", ["NNS", "VBG", "VBD", "JJR", "XX", ""])
def test_any_word_has_a_base_form(tag: str, word: str) -> None:
    assert isinstance(lemma(word, tag), str)
    assert bool(lemma(word, tag)) == bool(word)


@pytest.mark.parametrize(
    ("tag", "dep", "word", "expected"),
    [
        ("VBD", "aux", "had", "AUX"), ("VBD", "ROOT", "had", "VERB"), ("VBD", "ROOT", "was", "AUX"),
        ("MD", "aux", "may", "AUX"), ("IN", "mark", "that", "SCONJ"), ("IN", "prep", "of", "ADP"),
        ("WDT", "nsubj", "which", "PRON"), ("DT", "det", "this", "DET"), ("DT", "nsubj", "this", "PRON"),
        ("TO", "aux", "to", "PART"), ("TO", "prep", "to", "ADP"), ("NNP", "nsubj", "ito", "PROPN"),
        ("``", "punct", "“", "PUNCT"), ("XX", "dep", "qq", "X"),
    ],
)  # fmt: skip
def test_word_classes(tag: str, dep: str, word: str, expected: str) -> None:
    assert coarse_pos(tag, dep, word) == expected


def test_base_forms_and_classes_are_spacys_on_the_bundled_articles() -> None:
    """Where spaCy's full pipeline gives a token the same tag and label; case and quotation marks aside."""
    full = importlib.import_module(load_model().package).load(exclude=["ner", "senter"])
    meant = {"an", "not", "n't", "n’t"}
    lemmas: Counter[bool] = Counter()
    classes: Counter[bool] = Counter()
    for text in load_example()["text"].head(12):
        parse = parse_text(text)
        at = {start: token for token, start in enumerate(parse.start)}
        for first, beyond in parse.paragraphs:
            begin = parse.start[first]
            for spacys in full(text[begin : parse.end[beyond - 1]]):
                token = at.get(begin + spacys.idx)
                if token is None or (spacys.tag_, spacys.dep_) != (parse.tag[token], parse.dep[token]):
                    continue
                if parse.pos[token] in ("PUNCT", "PRON") or parse.lower[token] in meant:
                    continue
                lemmas[spacys.lemma_.lower() == parse.lemma[token]] += 1
                classes[spacys.pos_ == parse.pos[token]] += 1
    assert lemmas.total() > 2000
    assert lemmas[True] / lemmas.total() > 0.99
    assert classes[True] / classes.total() > 0.98
