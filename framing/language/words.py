"""Word classes and base forms from tags, by lookup, without running two more pipeline components."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from framing.language.model import load_model

POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "MD": "AUX", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "AFX": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "PRP": "PRON", "WP": "PRON", "PRP$": "PRON",
    "WP$": "PRON", "EX": "PRON", "DT": "DET", "WDT": "DET", "PDT": "DET", "IN": "ADP", "RP": "ADP", "TO": "PART",
    "POS": "PART", "CC": "CCONJ", "CD": "NUM", "UH": "INTJ", "$": "SYM", "#": "SYM", "SYM": "SYM",
}  # fmt: skip
PUNCTUATION = {".", ",", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP"}
# Forms that the tables leave as they are, though every rule of language wants the verb: can't, won't, he'd.
CLITICS = {"ca": "can", "wo": "will", "sha": "shall", "n't": "not", "n’t": "not", "'ll": "will", "’ll": "will",
           "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have", "an": "a"}  # fmt: skip
BE = {"be", "am", "is", "are", "was", "were", "been", "being"}
BASE_FORMS = {"NN", "VB", "VBP", "JJ", "RB"}  # inflected for nothing, so already the base form


def coarse_pos(tag: str, dep: str, lower: str) -> str:
    """Universal part of speech from a Penn tag and the dependency label.

    Examples
    --------
    >>> coarse_pos("VBD", "aux", "had"), coarse_pos("IN", "mark", "that"), coarse_pos("WDT", "nsubj", "which")
    ('AUX', 'SCONJ', 'PRON')
    """
    if tag[:2] == "VB":
        return "AUX" if dep in ("aux", "auxpass") or lower in BE else "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    if tag in ("DT", "WDT") and dep not in ("det", "quantmod"):
        return "PRON"
    if tag == "TO" and dep == "prep":
        return "ADP"
    return "PUNCT" if tag in PUNCTUATION else POS.get(tag, "X")


@lru_cache(maxsize=200_000)
def lemma(lower: str, tag: str) -> str:
    """Base form of a lower-case word, as spaCy's rule lemmatizer gives it for English.

    Examples
    --------
    >>> lemma("said", "VBD"), lemma("critics", "NNS"), lemma("hoping", "VBG"), lemma("’ll", "MD")
    ('say', 'critic', 'hope', 'will')
    """
    if lower in CLITICS:
        return CLITICS[lower]
    if lower in BE or (lower in ("'s", "’s") and tag[:2] == "VB"):
        return "be"
    if lower in ("'d", "’d"):
        return "would" if tag == "MD" else "have"
    kind = {"NN": "noun", "VB": "verb", "JJ": "adj", "RB": "adv"}.get(tag[:2])
    if kind is None or (tag in BASE_FORMS and tag != "VBP") or tag.startswith("NNP"):
        return lower
    return _by_rule(lower, *_tables()(kind))


def _by_rule(
    lower: str, index: Mapping[str, object], exceptions: Mapping[str, Sequence[str]], rules: Sequence[Sequence[str]]
) -> str:
    irregular = exceptions.get(lower)
    if irregular:
        return str(irregular[0])
    forms = [lower[: len(lower) - len(old)] + new for old, new in rules if lower.endswith(old)]
    known = [f for f in forms if f and (f in index or not f.isalpha())]
    return next(iter(known or [f for f in forms if f]), lower)


Tables = tuple[Mapping[str, object], Mapping[str, Sequence[str]], Sequence[Sequence[str]]]


@lru_cache(maxsize=1)
def _tables() -> Callable[[str], Tables]:
    tables = load_model().lemmas

    def for_kind(kind: str) -> Tables:
        return (
            dict.fromkeys(tables.get_table("lemma_index").get(kind, ())),
            tables.get_table("lemma_exc").get(kind, {}),
            tables.get_table("lemma_rules").get(kind, ()),
        )

    return lru_cache(maxsize=None)(for_kind)
