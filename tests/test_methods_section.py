"""The methods section: sentences that are exact, numbers that stand in the tables, and gaps that are named."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framing
from framing import Analysis, compare_outlets, describe_methods
from framing.cli import main
from framing.errors import InputError
from framing.lexicons import lexicon_names, load_lexicon
from framing.views.citing import works, write_bibtex
from framing.views.methods import measures
from framing.views.methods_section import cited_keys

ROOT = Path(__file__).parents[1]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)*|\.\d+")


@pytest.fixture(scope="module")
def analysis(example: pd.DataFrame) -> Analysis:
    return framing.analyze(example)


@pytest.fixture(scope="module")
def comparison(analysis: Analysis) -> pd.DataFrame:
    metrics = ["share_words_source", "hedges_per_1000_words_outlet"]
    return compare_outlets(analysis.articles, metrics, contrast="Radio Arrenia", seed=7)


def changed(analysis: Analysis, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Analysis:
    return replace(analysis, articles=change(analysis.articles.copy()))


def test_corpus_of_the_example(analysis: Analysis) -> None:
    n_words, n_sentences = int(analysis.articles["n_words"].sum()), int((analysis.sentences["field"] == "text").sum())
    assert describe_methods(analysis).split("\n\n")[:3] == [
        "The corpus has 50 articles of 5 outlets: Radio Arrenia (10), Sextant News Agency (10), The Daily Klaxon (10), "
        "The Sollen Ledger (10) and The Weavers’ Standard (10). "
        f"Their texts hold {n_words:,} words in {n_sentences:,} sentences. "
        "Their dates run from 2024-03-14 to 2024-11-19. Articles in the files: 50 read, 0 repaired, 0 set aside.",
        "The articles tell 10 events; 10 of them are told by at least two outlets (50 articles). How the events were "
        "found is not recorded. Whether articles are copies of agency reports or of one another is not recorded.",
        "No article failed: each was read and measured. Articles surely not in English were not counted.",
    ]


def test_comparison_of_the_example(analysis: Analysis, comparison: pd.DataFrame) -> None:
    assert describe_methods(analysis, comparison).split("\n\n")[-2] == (
        "Outlets were compared in 2 metrics, 4 outlets each with Radio Arrenia: words in sources' voice "
        "(`share_words_source`) and hedges in the outlet's own words (`hedges_per_1000_words_outlet`). "
        "8 comparisons: paired by event, ratio of sums within event; sign-flip test, all 1,024 patterns; interval by "
        "inverting it. 2 comparisons: all outlets jointly, by event, ratio of sums within event; permutation of "
        "outlets within events, 9,999 random exchanges. 8 differences have a 95% interval. "
        "Effect sizes are d_z (8) and partial eta² (2). The p values of 8 differences were adjusted by the procedure "
        "of Benjamini and Hochberg, which controls the false discovery rate [@benjamini1995fdr], and those of "
        "2 joint tests likewise among themselves. The seed of the draws is 7. No article was left "
        "out of a comparison for want of a value."
    )


def test_every_accuracy_is_told_with_its_corpus(analysis: Analysis) -> None:
    text = describe_methods(analysis)
    for measure in measures().values():
        for line in measure.accuracy:
            assert f"{line['what']}, {line['figure']} {line['value']} ({line['corpus']})" in text


def test_every_number_is_in_the_tables_the_provenance_or_the_accuracies(
    analysis: Analysis, comparison: pd.DataFrame, example: pd.DataFrame
) -> None:
    text = re.sub(r"\[@[^]]*\]", "", describe_methods(analysis, comparison, corpus=example))
    known = set(known_numbers(analysis, comparison))
    assert {number.rstrip(",.") for number in NUMBER.findall(text)} - known == set()


def known_numbers(analysis: Analysis, comparison: pd.DataFrame) -> Iterator[str]:
    articles = analysis.articles
    counts = [
        len(articles), *articles["outlet"].value_counts(), articles["outlet"].nunique(), articles["event"].nunique(),
        articles["n_words"].sum(), articles["n_sentences"].sum(), len(comparison), comparison["metric"].nunique(),
        *comparison["method"].value_counts(), *comparison["effect_size_name"].value_counts(),
        comparison["ci_low"].notna().sum(), comparison["outlet"].nunique() - 1, comparison.attrs["comparing"]["seed"],
    ]  # fmt: skip
    yield from (f"{int(n):,}" for n in counts)
    texts = [
        *articles["date"].astype(str), *comparison["method"], *comparison["metric"], *flat(analysis.provenance),
        *(value for measure in measures().values() for line in measure.accuracy for value in line.values()),
        *(measure.counts for measure in measures().values()), "95% interval",
    ]  # fmt: skip
    yield from (number.rstrip(",.") for text in texts for number in NUMBER.findall(str(text)))


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from flat(inner)
    else:
        yield str(value)


def test_row_order_changes_nothing(analysis: Analysis, comparison: pd.DataFrame) -> None:
    shuffled = changed(analysis, lambda articles: articles.sample(frac=1, random_state=1))
    assert describe_methods(shuffled, comparison) == describe_methods(analysis, comparison)


def test_what_is_missing_is_said_to_be(analysis: Analysis) -> None:
    bare = changed(analysis, lambda articles: articles.drop(columns=["event", "date"]))
    bare = replace(bare, provenance={k: v for k, v in analysis.provenance.items() if k != "reading"})
    text = describe_methods(bare)
    for gap in (
        "The corpus names no events.",
        "The articles have no dates.",
        "How the articles were read is not recorded.",
        "Whether articles are copies of agency reports or of one another is not recorded.",
        "No comparison of outlets was given.",
        "how accurate the measures are on the corpus at hand is not recorded",
    ):
        assert gap in text


def test_paired_comparison_of_events_that_the_analysis_lacks(analysis: Analysis, comparison: pd.DataFrame) -> None:
    bare = changed(analysis, lambda articles: articles.drop(columns="event"))
    assert "pairs articles by events that the analysis does not record" in describe_methods(bare, comparison)


def test_copies_are_told(analysis: Analysis) -> None:
    def mark(articles: pd.DataFrame) -> pd.DataFrame:
        agency = pd.Series(["AP", *[pd.NA] * (len(articles) - 1)], index=articles.index, dtype="string")
        return articles.assign(copy=agency.notna(), agency=agency)

    assert "1 of 50 articles is a copy: 1 of an agency (AP)." in describe_methods(changed(analysis, mark))
    unmarked = changed(analysis, lambda articles: articles.assign(copy=False))
    assert "No article is marked as a copy." in describe_methods(unmarked)


def test_how_events_were_found_comes_from_the_corpus(analysis: Analysis, example: pd.DataFrame) -> None:
    corpus = example.copy()
    corpus.attrs["matching"] = {"sentence": "2 are doubtful"}
    assert "Events were proposed by match_events: 2 are doubtful." in describe_methods(analysis, corpus=corpus)


def test_failed_articles_are_counted_with_their_reason() -> None:
    corpus = pd.DataFrame({"article_id": ["1", "2", "3"], "outlet": ["Herald", "Post", "Post"]})
    analysis = framing.analyze(corpus.assign(text=["It rained.", None, None]))
    assert "2 of 3 articles could not be measured in full: no text (2). They stay in the tables." in describe_methods(
        analysis
    )


def test_rows_that_could_not_be_compared_are_told(analysis: Analysis) -> None:
    articles = analysis.articles.copy()
    few = articles["outlet"].eq("The Daily Klaxon") & ~articles["event"].isin(sorted(articles["event"].unique())[:3])
    articles.loc[few, "share_words_source"] = pd.NA
    articles = articles.drop(columns="n_words_source")
    comparison = compare_outlets(articles, ["share_words_source"], contrast="Radio Arrenia")
    text = describe_methods(replace(analysis, articles=articles.assign(n_words_source=0)), comparison)
    assert "1 comparison could not be made: 3 shared events with a value, at least 6 are needed (1)." in text
    assert "articles without a value of the metric were left out, at most 7 in one." in text


@pytest.mark.parametrize(("adjust", "name"), [("fdr", "Benjamini and Hochberg"), ("holm", "Holm's procedure")])
def test_adjustment_is_recognised_by_its_numbers(analysis: Analysis, adjust: str, name: str) -> None:
    comparison = compare_outlets(analysis.articles, ["share_words_source"], contrast="rest", adjust=adjust)
    comparison.attrs = {}
    text = describe_methods(analysis, comparison)
    assert name in text
    assert "The seed of the random draws is not recorded." in text


def test_adjustment_that_no_number_tells_is_not_guessed(analysis: Analysis, comparison: pd.DataFrame) -> None:
    changed = comparison.assign(q_value=0.5)
    changed.attrs = {}
    assert "by which procedure is not recorded" in describe_methods(analysis, changed)


def test_accuracies_of_another_version_are_not_claimed(analysis: Analysis) -> None:
    older = {**analysis.provenance, "packages": {**analysis.provenance["packages"], "framing": "0.0.1"}}
    older["lexicons"] = {**older["lexicons"], "hedges_en": {"version": "0.9", "sha256": "0" * 64}}
    text = describe_methods(replace(analysis, provenance=older))
    assert "the analysis was made with 0.0.1, for which they may not hold" in text
    assert "other lexicons than were measured: hedges_en." in text


def test_lexicons_of_ones_own_have_no_accuracy(tmp_path: Path) -> None:
    hedges = tmp_path / "mine.csv"
    load_lexicon("hedges_en").entries.head(50).to_csv(hedges, index=False)
    tone = tmp_path / "tone.csv"
    tone.write_text("pattern,category\ngood,positive\nbad,negative\n", encoding="utf8")
    corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": ["It may rain, which is good."]})
    text = describe_methods(framing.analyze(corpus, hedge_lexicon=hedges, lexicons=[tone]))
    assert "Hedges were found with the lexicon mine (SHA-256 " in text
    assert "whose accuracy framing has not measured" in text
    assert "F .86" not in text
    assert "Words were also counted by the lexicon tone (SHA-256 " in text


def test_names_from_articles_cannot_break_the_text() -> None:
    corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald\n\n# Results\x1b[31m" + "x" * 500], "text": ["Hm."]})
    first = describe_methods(framing.analyze(corpus)).split("\n\n")[0]
    assert "Herald # Results" in first
    assert "\x1b" not in first
    assert "x" * 80 not in first


def test_a_stranger_comparison_or_corpus_is_refused(
    analysis: Analysis, comparison: pd.DataFrame, example: pd.DataFrame
) -> None:
    with pytest.raises(InputError, match="has the outlet 'Elsewhere', which the analysis lacks"):
        describe_methods(analysis, comparison.assign(outlet="Elsewhere"))
    with pytest.raises(InputError, match="lacks the columns q_value"):
        describe_methods(analysis, comparison.drop(columns="q_value"))
    with pytest.raises(InputError, match="not the one that was analysed"):
        describe_methods(analysis, corpus=example.head(3))


def test_command_tells_the_same_and_writes_what_it_cites(
    analysis: Analysis, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["framing", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    folder = analysis.save(tmp_path / "a")
    run("compare", folder, "--metric", "share_words_source", "--contrast", "rest")
    code, out, err = run("methods", folder, "--bibtex", tmp_path / "works.bib")
    assert code == 0, err
    expected = compare_outlets(analysis.articles, ["share_words_source"], contrast="rest")
    assert out == describe_methods(analysis, expected) + "\n"
    assert "The seed of the draws is 0." in out
    entries = re.findall(r"^@\w+\{(\w+),$", (tmp_path / "works.bib").read_text(encoding="utf8"), flags=re.MULTILINE)
    assert entries == cited_keys(out)
    assert set(entries) == set(re.findall(r"@(\w+)[;\]]", out))

    corpus = framing.load_example()
    events = framing.write_events(framing.match_events(corpus), corpus, tmp_path / "events.csv")
    code, out, err = run("methods", folder, "--events", events)
    assert code == 0, err
    assert "1 article has no event. Events were read from a file in which a person could decide on them: " in out

    replace(analysis, provenance={**analysis.provenance, "python": "3.99"}).save(folder)
    code, _, err = run("methods", folder)
    assert (code, "is of another analysis" in err) == (2, True)


def test_works_cited_are_those_of_the_lexicons() -> None:
    known = {work["doi"] for work in works().values()}
    background = {"10.2307/412084"}  # verb classes of linguistics: named in the lexicon, no source of its entries
    named = {str(load_lexicon(name).metadata["doi"]) for name in lexicon_names()} - {""}
    assert named - background <= known
    newell = [name for name in lexicon_names() if "Newell" in str(load_lexicon(name).metadata["reference"])]
    assert newell
    assert "newell2018polnear" in works()


def test_bibtex_has_every_work_once_and_balanced() -> None:
    text = write_bibtex(works(), version="0.1.0")
    assert text.count("{") == text.count("}")
    assert len(re.findall(r"^@", text, flags=re.MULTILINE)) == len(works())
    with pytest.raises(InputError, match="no work 'nobody1900'"):
        write_bibtex(["nobody1900"], version="0.1.0")


def test_own_entry_agrees_with_the_citation_file() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf8")
    assert f'title: "{works()["framing"]["title"]}"' in citation
    assert f"name: {works()['framing']['author'].strip('{}')}" in citation
