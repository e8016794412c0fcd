"""The words by which articles of the same event are known, and how much each weighs.

Only the beginning of an article is read: news tells what happened first and what it follows from later, and it is the
background that articles of different days share.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np
import pandas as pd
from scipy import sparse

LEAD_WORDS = 300
TITLE_TIMES = 3  # a word of the title counts as if it stood three times in the text
# A term of one article shows how that article is written, not what happened; in a small corpus most terms are such.
LONE_TERM = 0.5

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, Japanese, Chinese
_LONGEST_LEAD = 8_000  # characters; a text without a blank must not be read to its end for 300 words


def article_terms(title: str, text: str) -> list[str]:
    """Words of the title and the lead, and names once more, each as often as it counts.

    Parameters
    ----------
    title, text : str
        As in the corpus; either may be empty.

    Returns
    -------
    list of str
        In lower case and without English stop words. A word that the lead writes with a capital only is taken for a
        name: it is there a second time with its capital, so that who and where count for more than what. Scripts that
        put no blank between words are cut into pairs of characters.

    Examples
    --------
    >>> article_terms("Attack", "At the Capital Gazette’s newsroom five died.")
    ['attack', 'attack', 'attack', 'capital', 'gazette', 'newsroom', 'died', 'Capital', 'Gazette']
    >>> article_terms("", "東京で")
    ['東京', '京で']
    """
    heading = [word for word, _, _ in words(title)]
    lead = list(islice(words(text[:_LONGEST_LEAD]), LEAD_WORDS))
    common = {word for word, start, _ in lead if text[start].islower()}
    names = [word.capitalize() for word, start, _ in lead if text[start].isupper() and word not in common]
    told = heading * TITLE_TIMES + [word for word, _, _ in lead]
    return [word for word in told + names if _tells(word.lower())]


def weigh_terms(corpus: pd.DataFrame) -> tuple[sparse.csr_matrix, Sequence[str]]:
    """TF-IDF of the corpus's articles, each row of length 1.

    Parameters
    ----------
    corpus : pandas.DataFrame
        With `text` and optionally `title`.

    Returns
    -------
    weights : scipy.sparse.csr_matrix
        One row per article in the order of the corpus; zero where an article has no word. Counts enter as
        1 + log(count), so that repetition matters little.
    terms : sequence of str
        What the columns stand for, sorted. Terms of a single article can be shared with none and have no column;
        in the length of its row they count half.
    """
    # Half a second, and only for who looks for events: each worker of an analysis would spend it.
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.preprocessing import normalize

    titles = corpus["title"] if "title" in corpus else pd.Series(pd.NA, index=corpus.index)
    documents = zip(titles.fillna(""), corpus["text"].fillna(""), strict=True)
    counter = CountVectorizer(analyzer=lambda article: article_terms(*article), dtype=np.float32)
    try:
        counts = counter.fit_transform(documents)
    except ValueError:  # what scikit-learn raises where no article has a word
        return sparse.csr_matrix(np.zeros((len(corpus), 0), dtype=np.float32)), []
    n_articles = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = TfidfTransformer(sublinear_tf=True, norm=None).fit_transform(counts)
    weights.data[n_articles[weights.indices] == 1] *= LONE_TERM
    weights = normalize(weights)
    shared = np.flatnonzero(n_articles > 1)
    return sparse.csr_matrix(weights[:, shared]), counter.get_feature_names_out()[shared]


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Words in lower case with their offsets; "Gazette’s" is "gazette"."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _UNSPACED.search(word):
            for offset in range(max(1, len(word) - 1)):
                yield word[offset : offset + 2], match.start() + offset, match.start() + offset + 2
        else:
            yield word.lower().removesuffix("'s").removesuffix("’s"), match.start(), match.end()


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
