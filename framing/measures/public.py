"""The measures as functions of a corpus: `find_attributions`, `find_hedges`, `score_sentiment`."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from framing.corpus import check_corpus
from framing.lexicons import load_lexicon
from framing.measures.reading import (
    Reading,
    article_texts,
    attribution_rows,
    hedge_rows,
    read_article,
    tone_rows,
)
from framing.tables import ATTRIBUTIONS, HEDGES, SENTIMENT, Row, Schema, as_table


def find_attributions(corpus: pd.DataFrame) -> pd.DataFrame:
    """Find who is said to have said, thought or shown what, and through which words.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`, and `title` where there is one (see `check_corpus`).

    Returns
    -------
    pandas.DataFrame
        One row per attribution, in article order, then offset; the body (`field` = ``text``) before the headline:

        - `article_id`, `field` (``text`` or ``title``), `sentence` (number within the field, of the cue),
          `attribution_id` (unique in the corpus)
        - `type`: ``direct`` (all words of the content in quotation marks), ``mixed`` or ``indirect``
        - `source_start`, `source_end`, `source`: offsets and surface of the source; ``<NA>`` when none is named
        - `source_name`: one name for all mentions (pronouns, surnames and titles resolved); of an unnamed source its
          description
        - `source_type`: ``named_person``, ``named_organization``, ``document``, ``anonymous``, ``unnamed_person``,
          ``unnamed_group`` or ``none``
        - `cue_start`, `cue_end`, `cue`, `cue_lemma`: the words that attribute (*said Monday*, *according to*)
        - `cue_type`: ``speech``, ``attitude`` or ``evidence``; `cue_stance`: ``neutral``, ``distancing`` (*claimed*) or
          ``endorsing`` (*pointed out*)
        - `hedged`: whether the attribution itself is left open (*appeared to deny*)
        - `content_spans` (list of [start, end]), `content` (their surfaces, joined by an ellipsis)
        - `rule`: the cue with the row that decided its type, the cue's probability, how the source was resolved
        - `official`: whether the source holds a public office, speaks for one or is a public body [2]_ [3]_; ``<NA>``
          where no source is named or nothing resolves its pronoun

    Raises
    ------
    InputError
        If a column is missing or an `article_id` repeats.

    Notes
    -----
    What counts as an attribution, and its spans, follow PolNeAR [1]_: statements, but also attitudes (*wants to*,
    *fears*) and evidence (*a poll showed*). A word's probability of being a cue and the roles of the parts around it
    come from tables estimated on nine tenths of PolNeAR's train split. Accuracy is in `docs/accuracy.md`. Known
    mistakes: cues that are nouns or adjectives are often missed; trailing modifiers may join the content; pronouns are
    resolved to the person heard last, whatever the grammar. Officials are government, legislature, courts, police,
    military and public agencies of any country, with their staff; not parties as such, companies, unions or scholars,
    and not former officials, candidates or those elected but not yet in office. An office has to stand somewhere in the
    article (*Sen. Ann Lee*, *Lee, the police chief*): who is only called by name counts as none. Not to be used on
    other languages than English.

    References
    ----------
    .. [1] Newell, E., Margolin, D., Ruths, D. (2018). An Attribution Relations Corpus for Political News. LREC 2018.
    .. [2] Sigal, L. V. (1973). Reporters and Officials: The Organization and Politics of Newsmaking. D. C. Heath.
    .. [3] Bennett, W. L. (1990). Toward a Theory of Press-State Relations in the United States. Journal of
       Communication 40(2), 103-127. https://doi.org/10.1111/j.1460-2466.1990.tb02265.x

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["“We will not pay,” said Ann Lee, the mayor."]})
    >>> find_attributions(corpus)[["type", "source_name", "cue", "content"]].values.tolist()
    [['direct', 'Ann Lee', 'said', '“We will not pay,”']]
    """
    return _table(corpus, attribution_rows, ATTRIBUTIONS)


def find_hedges(corpus: pd.DataFrame, *, lexicon: str | Path = "hedges_en") -> pd.DataFrame:
    """Find hedging expressions and boosters, what they hedge, and whose they are.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`, and `title` where there is one.
    lexicon : str or path
        Name of a bundled lexicon or a CSV of your own with the same columns.

    Returns
    -------
    pandas.DataFrame
        One row per hedge and category, in article order, then offset:

        - `article_id`, `field`, `sentence`, `hedge_id` (rows that share it are readings of one expression, which counts
          of hedges count once)
        - `start`, `end`, `hedge`, `lemma`
        - `category`: ``epistemic``, ``doxastic``, ``condition``, ``investigation`` (as in the Szeged corpus [1]_),
          ``reportative`` (*reportedly*), ``approximator`` (*about 300*), ``vague_source`` (*critics say*) or
          ``booster`` (*clearly*: certainty, never counted as a hedge)
        - `scope_start`, `scope_end`: what is hedged; ``<NA>`` when that is unclear
        - `voice`: ``outlet`` or ``source``, and in a source's words `attribution_id`, whose
        - `rule`: the lexicon row and the construction that decided

    Raises
    ------
    InputError
        If a column is missing, an `article_id` repeats, or a lexicon's row is broken (with its line).

    Notes
    -----
    A word counts in a construction, not by itself: *may* as a modal, not as a month. On the Szeged corpus (exact
    offsets, tenfold cross-validation by document, though entries and constructions were chosen while these documents
    were read) F is about .86 for cues and .90 for sentences in news, .85 and .88 in Wikipedia. The other four
    categories follow `docs/hedge_codebook.md`; on 546 sentences coded by it F is .97 for reportatives, .95 for
    approximators, .94 for boosters and .87 for vague sources. Known mistakes: *would* without an explicit condition is
    missed or found by the kind of clause, *can* is left out, *may* of permission is taken for a hedge. A scope is one
    stretch, so that it holds a relative clause in its middle; no gold says how often scopes are right.

    References
    ----------
    .. [1] Szarvas, G., Vincze, V., Farkas, R., Móra, G., Gurevych, I. (2012). Cross-Genre and Cross-Domain Detection
       of Semantic Uncertainty. Computational Linguistics 38(2). https://doi.org/10.1162/COLI_a_00098

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["He reportedly left. The bank may close in May."]})
    >>> find_hedges(corpus)[["hedge", "category", "voice"]].values.tolist()
    [['reportedly', 'reportative', 'outlet'], ['may', 'epistemic', 'outlet']]
    """
    entries = load_lexicon(lexicon)
    return _table(corpus, hedge_rows, HEDGES, lambda a, t: read_article(a, t, hedges=entries))


def score_sentiment(corpus: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of every sentence, apart for the outlet's own words and for each of its sources' words.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`, and `title` where there is one.

    Returns
    -------
    pandas.DataFrame
        One row per sentence and voice, in article order, then offset:

        - `article_id`, `field`, `sentence`
        - `voice`: ``outlet`` or ``source``; `attribution_id`: whose words, ``<NA>`` for the outlet's
        - `start`, `end`: from the first to the last word of that voice in the sentence
        - `n_words`, `n_positive`, `n_negative`: words, and words of either sign as they stand (negation turns them)
        - `score`: tone of news, -1 to 1; `score_vader`: VADER's compound [1]_, -1 to 1
        - `terms`: the words and phrases that made the score, with their weights

    Raises
    ------
    InputError
        If a column is missing or an `article_id` repeats.

    Notes
    -----
    The tone of a text is the mean of its sentences' scores by words, never a score of the whole text, which saturates.
    The voices are kept apart for what is measured, the outlet's tone without its opponents' words, not for accuracy.
    With the mean of 20 raters of sentences from New York Times editorials `score` correlates at r = .57, VADER at .49;
    no rating was used to fit it, but the figure was looked at while words were chosen. A low score may come from a sad
    event as well as from a hostile outlet: read it as a difference between outlets over many sentences on the same
    events. It misses irony and what is being judged (critics of discrimination score low), and was estimated on US
    politics only.

    References
    ----------
    .. [1] Hutto, C., Gilbert, E. (2014). VADER: A Parsimonious Rule-Based Model for Sentiment Analysis of Social Media
       Text. ICWSM. https://doi.org/10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["“This is a terrible plan,” she said of the wonderful city."]})
    >>> table = score_sentiment(corpus)
    >>> [voice for voice, score in zip(table["voice"], table["score"]) if score < 0]
    ['source']
    """
    return _table(corpus, tone_rows, SENTIMENT)


def _table(
    corpus: pd.DataFrame,
    rows: Callable[[Reading], list[Row]],
    schema: Schema,
    read: Callable[[str, dict[str, str | None]], list[Reading]] = read_article,
) -> pd.DataFrame:
    articles = article_texts(check_corpus(corpus))
    return as_table((row for a, texts in articles for reading in read(a, texts) for row in rows(reading)), schema)
