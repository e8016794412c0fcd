"""The methods section of a paper, written from what an analysis records of itself."""

from collections import Counter
from collections.abc import Hashable, Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from framing.analysis.provenance import input_hash
from framing.comparison.copies import has_copies
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.lexicons import lexicon_names, load_lexicon
from framing.views.citing import cite, keys_for
from framing.views.copies import copies_sentence
from framing.views.inputs import AnalysisTables
from framing.views.methods import Measure, measure_of, measures
from framing.views.methods_comparison import check_comparison, comparison_sentences
from framing.views.numbers import count
from framing.views.overview import shared_events
from framing.views.words import listed, number_of, plain

SHOWN_HASH = 12  # so many characters of a hash tell two files apart
# What `match_events` and `read_events` say of their work.
EVENT_ACCOUNTS = {
    "matching": "Events were proposed by match_events",
    "decisions": "Events were read from a file in which a person could decide on them",
}
VOICED = ("_outlet", "_source", "_difference")


def describe_methods(
    analysis: AnalysisTables, comparison: pd.DataFrame | None = None, *, corpus: pd.DataFrame | None = None
) -> str:
    r"""Write the methods section of a paper from what an analysis records of itself.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave, or `Analysis.load` read.
    comparison : pandas.DataFrame, optional
        What `compare_outlets` gave for its articles. With it, only the measures are told that its metrics come from.
    corpus : pandas.DataFrame, optional
        The corpus that was analysed; it is checked to be that one. How its events were found is told if its ``attrs``
        (or those of the article table) have what `match_events` or `read_events` left in theirs:
        ``corpus.attrs.update(matched.attrs)``.

    Returns
    -------
    str
        Paragraphs of plain text, parted by blank lines: the corpus; events and copies; what was excluded or failed; the
        measures, with their accuracy and where it was measured; the comparison; versions. Citations are keys in
        Pandoc's form (``[@szarvas2012uncertainty]``), whose BibTeX `framing methods FOLDER --bibtex FILE` writes.

    Raises
    ------
    InputError
        If the comparison has an outlet that the analysis lacks, or isn't one, or the corpus is not the one analysed.

    Notes
    -----
    Every number is in the tables, in the provenance or in the table of accuracies. What isn't recorded is said to be
    missing, never guessed: read the text through and put in what only you know, such as how the articles were chosen.
    The accuracies were measured on other corpora than yours; a sample coded by hand is what tells how they hold on it.

    Examples
    --------
    >>> from framing import analyze
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Post"],
    ...                        "text": ["“It may fail,” the mayor said.", None]})
    >>> print(describe_methods(analyze(corpus)).split("\n\n")[0])
    The corpus has 2 articles of 2 outlets: Herald (1) and Post (1). Their texts hold 6 words in 1 sentence. The
    articles have no dates. How the articles were read is not recorded.
    """
    if comparison is not None:
        check_comparison(comparison, analysis.articles)
    if corpus is not None:
        _check_corpus(analysis, corpus)
    accounts = {**analysis.articles.attrs, **({} if corpus is None else corpus.attrs)}
    paragraphs = [
        _corpus_sentences(analysis),
        [*_events_sentences(analysis.articles, comparison, accounts), _copies_sentence(analysis.articles)],
        _failure_sentences(analysis),
        *([_measure_sentence(measure, analysis.provenance)] for measure in _measures_behind(comparison)),
        _accuracy_sentences(analysis.provenance),
        *_lexicon_paragraphs(analysis.provenance),
        ["No comparison of outlets was given."] if comparison is None else comparison_sentences(comparison),
        _version_sentences(analysis.provenance),
    ]
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def cited_keys(text: str) -> list[str]:
    """List the keys that a text cites, in the order of the table of works.

    Examples
    --------
    >>> cited_keys("as in [@hutto2014vader; @framing]")
    ['framing', 'hutto2014vader']
    """
    purposes = {"software", "parse", "attribution", "hedging", "sentiment", "official", "fdr", "holm"}
    return [key for key in keys_for(purposes) if f"@{key}]" in text or f"@{key};" in text]


def _check_corpus(analysis: AnalysisTables, corpus: pd.DataFrame) -> None:
    found, recorded = input_hash(check_corpus(corpus)), str(analysis.provenance["input"]["sha256"])
    if found != recorded:
        raise InputError(
            f"the corpus is not the one that was analysed: its hash is {found[:SHOWN_HASH]}…, the analysis was made "
            f"from {recorded[:SHOWN_HASH]}…. Give the corpus as it was analysed, or leave it out."
        )


def _corpus_sentences(analysis: AnalysisTables) -> list[str]:
    articles = analysis.articles
    outlets = sorted(Counter(articles["outlet"].dropna().astype(str)).items())
    nameless = int(articles["outlet"].isna().sum())
    words = number_of(int(articles["n_words"].sum()), "word")
    sentences = number_of(int(articles["n_sentences"].sum()), "sentence")
    listing = listed(f"{plain(outlet)} ({count(n)})" for outlet, n in outlets)
    return [
        f"The corpus has {number_of(len(articles), 'article')} of {number_of(len(outlets), 'outlet')}: {listing}.",
        *([f"Without an outlet: {number_of(nameless, 'article')}."] if nameless else []),
        f"Their texts hold {words} in {sentences}.",
        *_date_sentences(articles),
        _reading_sentence(analysis.provenance),
    ]


def _date_sentences(articles: pd.DataFrame) -> list[str]:
    dates = articles["date"].dropna() if "date" in articles.columns else pd.Series(dtype=object)
    if dates.empty:
        return ["The articles have no dates."]
    missing = len(articles) - len(dates)
    span = f"Their dates run from {str(dates.min())[:10]} to {str(dates.max())[:10]}"
    return [f"{span}; {count(missing)} have none." if missing else f"{span}."]


def _reading_sentence(provenance: Mapping[str, Any]) -> str:
    sentence = (provenance.get("reading") or {}).get("sentence")
    if not sentence:
        return "How the articles were read is not recorded."
    return f"Articles in the files: {plain(sentence, most=600)}."


def _events_sentences(
    articles: pd.DataFrame, comparison: pd.DataFrame | None, accounts: Mapping[Hashable, Any]
) -> list[str]:
    column = _event_column(comparison)
    told = articles[column].dropna() if column in articles.columns else pd.Series(dtype=object)
    if told.empty:
        is_paired = comparison is not None and comparison["n_events"].notna().any()
        unknown = "The comparison pairs articles by events that the analysis does not record."
        return [unknown if is_paired else "The corpus names no events."]
    shared = shared_events(articles.assign(event=articles[column]))
    without = len(articles) - len(told)
    in_shared = number_of(int(told.isin(shared).sum()), "article")
    found = [
        f"{way}: {plain(accounts[name]['sentence'], most=600)}."
        for name, way in EVENT_ACCOUNTS.items()
        if "sentence" in (accounts.get(name) or {})
    ]
    return [
        f"The articles tell {number_of(told.nunique(), 'event')}; {count(len(shared))} of them "
        f"{'is' if len(shared) == 1 else 'are'} told by at least two outlets ({in_shared}).",
        *([f"{number_of(without, 'article')} {'has' if without == 1 else 'have'} no event."] if without else []),
        *(found or ["How the events were found is not recorded."]),
    ]


def _event_column(comparison: pd.DataFrame | None) -> str:
    asked = {} if comparison is None else comparison.attrs.get("comparing", {})
    return str(asked.get("event") or "event")


def _copies_sentence(articles: pd.DataFrame) -> str:
    if "copy" not in articles.columns:
        return "Whether articles are copies of agency reports or of one another is not recorded."
    if not has_copies(articles):
        return "No article is marked as a copy."
    told = plain(copies_sentence(articles), most=600)
    return told or "Articles are marked as copies; of which agency is not recorded."


def _failure_sentences(analysis: AnalysisTables) -> list[str]:
    articles = analysis.articles
    problems = Counter(plain(problem) for problem in articles["problem"].dropna())
    if not problems:
        sentences = ["No article failed: each was read and measured."]
    else:
        why = "; ".join(f"{problem} ({count(n)})" for problem, n in sorted(problems.items()))
        sentences = [
            f"{count(sum(problems.values()))} of {number_of(len(articles), 'article')} could not be measured in full: "
            f"{why}. They stay in the tables."
        ]
        unknown = int(articles["n_words"].isna().sum())
        sentences += [f"The counts of {count(unknown)} of them are unknown and enter no figure."] if unknown else []
    language = analysis.provenance["parameters"].get("language")
    rule = {"en": "Articles surely not in English were not counted.", "any": "Articles in any language were counted."}
    return [*sentences, rule.get(str(language), "What was done with other languages than English is not recorded.")]


def _measures_behind(comparison: pd.DataFrame | None) -> list[Measure]:
    """The measures of the metrics compared; whose voice it is, is what attribution says."""
    if comparison is None:
        return list(measures().values())
    metrics = [str(metric) for metric in comparison["metric"].dropna().unique()]
    names = {measure.name for metric in metrics if (measure := measure_of(metric)) is not None}
    if any(metric.endswith(VOICED) for metric in metrics):
        names.add("attribution")
    return [measure for measure in measures().values() if measure.name in names]


def _measure_sentence(measure: Measure, provenance: Mapping[str, Any]) -> str:
    of_one_s_own = measure.name == "hedging" and not _is_bundled(provenance["parameters"].get("hedge_lexicon") or {})
    told = f"{measure.counts} {cite(measure.name)}".replace(f". {cite(measure.name)}", f" {cite(measure.name)}.")
    if of_one_s_own:
        lexicon = _named(provenance["parameters"]["hedge_lexicon"])
        return f"{told} Hedges were found with {lexicon}, whose accuracy framing has not measured."
    return f"{told} Accuracy, as measured by the authors of framing: {'; '.join(map(_accuracy, measure.accuracy))}."


def _accuracy(line: Mapping[str, str]) -> str:
    return f"{line['what']}, {line['figure']} {line['value']} ({line['corpus']})"


def _is_bundled(lexicon: Mapping[str, Any]) -> bool:
    name = str(lexicon.get("name", ""))
    return name in lexicon_names() and load_lexicon(name).sha256 == lexicon.get("sha256")


def _named(lexicon: Mapping[str, Any]) -> str:
    edition = f"version {plain(lexicon['version'])}, " if lexicon.get("version") else ""
    return f"the lexicon {plain(lexicon.get('name', ''))} ({edition}SHA-256 {str(lexicon.get('sha256'))[:SHOWN_HASH]}…)"


def _accuracy_sentences(provenance: Mapping[str, Any]) -> list[str]:
    """That accuracies are no promise for this corpus, nor for another version than that which was measured."""
    sentences = [
        "These accuracies are those of the corpora named; how accurate the measures are on the corpus at hand is not "
        "recorded."
    ]
    used, installed = provenance["packages"].get("framing"), version("framing")
    if used != installed:
        sentences.append(
            f"They are those of framing {installed}; the analysis was made with {plain(used or 'an unknown version')}, "
            "for which they may not hold."
        )
    changed = [
        name
        for name, about in provenance["lexicons"].items()
        if name not in lexicon_names() or load_lexicon(name).sha256 != about.get("sha256")
    ]
    if changed:
        names = listed(plain(name) for name in sorted(changed))
        sentences.append(f"They may not hold, since it was made with other lexicons than were measured: {names}.")
    return sentences


def _lexicon_paragraphs(provenance: Mapping[str, Any]) -> list[list[str]]:
    """The sentiment lexicons that the user added."""
    own = provenance["parameters"].get("lexicons") or {}
    if not own:
        return []
    names = listed(_named({"name": name, **about}) for name, about in sorted(own.items()))
    return [[f"Words were also counted by {names}. The accuracy of these counts is not known."]]


def _version_sentences(provenance: Mapping[str, Any]) -> list[str]:
    packages, model = provenance["packages"], provenance["model"]
    others = listed(
        f"{name} {edition}" for name, edition in sorted(packages.items()) if name not in ("framing", "spacy")
    )
    lexicons = listed(f"{name} {about.get('version')}" for name, about in sorted(provenance["lexicons"].items()))
    return [
        f"The analysis was made with framing {packages.get('framing')} {cite('software')}; sentences were parsed by "
        f"spaCy {packages.get('spacy')} {cite('parse')} with the model {model.get('package')} {model.get('version')}.",
        f"Other software: Python {provenance['python']}, {others}.",
        f"Lexicons, with their versions: {lexicons}.",
        f"The input was {number_of(int(provenance['input']['n_articles']), 'article')} with the SHA-256 "
        f"{provenance['input']['sha256']}.",
    ]
