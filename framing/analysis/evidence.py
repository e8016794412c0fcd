"""From a figure back to the rows it was made of."""

import pandas as pd

from framing.analysis.metrics import count_row, evidence_rows, metric_row, unknown_name
from framing.analysis.provenance import input_hash
from framing.analysis.storing import Analysis
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.measures.reading import FIELDS


def list_evidence(analysis: Analysis, metric: str, *, corpus: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the annotation rows that a metric's numerator adds up.

    Parameters
    ----------
    analysis : Analysis
    metric : str
        A metric of the article table, such as ``hedges_per_1000_words_outlet``, or a count, such as ``n_hedges``.
    corpus : pandas.DataFrame, optional
        The corpus that was analysed; with it each row gets the text of its sentence.

    Returns
    -------
    pandas.DataFrame
        Rows of the table that is counted (`attributions`, `hedges`, `sentiment`, `lexicon_counts` or `sentences`),
        with `outlet` and `event`, where the corpus has one, in front, and `sentence_text` at the end when `corpus` is
        given. Offsets `start` and `end`, or those of source, cue and content, cut the words out of the article.

    Raises
    ------
    InputError
        If there is no such metric, or `corpus` is not the one that was analysed.

    Examples
    --------
    >>> from framing import analyze
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["It may rain. “It could snow,” he said."]})
    >>> rows = list_evidence(analyze(corpus), "hedges_per_1000_words_outlet", corpus=corpus)
    >>> rows[["outlet", "hedge", "sentence_text"]].values.tolist()
    [['Herald', 'may', 'It may rain.']]
    """
    rows = evidence_rows(analysis.tables, _counted(analysis, metric))
    about = [c for c in ("article_id", "outlet", "event") if c in analysis.articles]
    listed = analysis.articles[about].merge(rows, on="article_id", how="inner", validate="one_to_many")
    return listed if corpus is None else listed.assign(sentence_text=sentence_texts(analysis, listed, corpus))


def _counted(analysis: Analysis, metric: str) -> str:
    """The count whose rows are a metric's evidence; one of a lexicon that this analysis lacks is no metric of it."""
    if metric in analysis.articles:
        if (made := metric_row(metric)) is not None:
            return str(made["numerator"])
        if count_row(metric) is not None:
            return metric
    known = [name for name in map(str, analysis.articles) if metric_row(name) or count_row(name)]
    raise InputError(unknown_name("metric", metric, known))


def sentence_texts(analysis: Analysis, rows: pd.DataFrame, corpus: pd.DataFrame) -> pd.Series:
    """The text of each row's sentence, cut out of the corpus."""
    place = ["article_id", "field", "sentence"]
    spans = rows[place].merge(analysis.sentences, on=place, how="left", validate="many_to_one")
    return texts_between(analysis, spans.set_axis(rows.index), corpus)


def same_corpus(analysis: Analysis, corpus: pd.DataFrame) -> pd.DataFrame:
    """The corpus, checked to be the one that was analysed."""
    corpus = check_corpus(corpus)
    unknown = set(analysis.articles["article_id"]) - set(corpus["article_id"])
    if unknown:
        raise InputError(f"corpus is not the one that was analysed: it lacks article {min(unknown)!r}.")
    if input_hash(corpus) != analysis.provenance["input"]["sha256"]:
        raise InputError("corpus is not the one that was analysed: its texts, outlets or events differ. Give that one.")
    return corpus


def texts_between(analysis: Analysis, rows: pd.DataFrame, corpus: pd.DataFrame) -> pd.Series:
    """The text between each row's `start` and `end`, cut out of the corpus."""
    corpus = same_corpus(analysis, corpus)
    ids = corpus["article_id"]
    texts = {field: dict(zip(ids, corpus[field], strict=True)) for field in FIELDS if field in corpus}
    cut = [
        texts[field][article][start:end]
        for article, field, start, end in zip(
            rows["article_id"], rows["field"], rows["start"], rows["end"], strict=True
        )
    ]
    return pd.Series(cut, index=rows.index, dtype=pd.StringDtype(na_value=pd.NA))
