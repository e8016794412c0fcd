"""Copies in a comparison: kept, left out and counted, or an outlet of their own."""

import pandas as pd
import pytest

from framing.analysis import analyze
from framing.comparison import (
    compare_outlets,
    distinctive_words,
    explain_difference,
    list_sources,
    source_diversity,
    source_overlap,
)
from framing.errors import InputError


@pytest.fixture
def articles() -> pd.DataFrame:
    """Seven events of two outlets; in each the Herald also prints agency copy that quotes far more."""
    rows = []
    for event in range(7):
        rows += [
            (f"h{event}", "Herald", event, 1 + event % 3, False, None),
            (f"p{event}", "Post", event, 4 + event % 2, False, None),
            (f"w{event}", "Herald", event, 20, True, "AFP"),
        ]
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "n_quotes", "copy", "agency"])
    return frame.astype({"copy": "boolean", "agency": "string"})


def test_without_its_agency_copy_an_outlet_quotes_less(articles: pd.DataFrame) -> None:
    kept, dropped = (compare_outlets(articles, ["n_quotes"], copies=c).iloc[0] for c in ("keep", "drop"))
    assert kept["difference"] > 0 > dropped["difference"]
    assert (kept["n_articles"], dropped["n_articles"]) == (21, 14)
    assert dropped["method"].endswith("; 7 of 21 articles are copies and are left out")
    assert "copies" not in kept["method"]


def test_agency_copy_becomes_an_outlet(articles: pd.DataFrame) -> None:
    found = compare_outlets(articles, ["n_quotes"], copies="separate")
    assert found[["outlet", "versus"]].values.tolist() == [
        ["all outlets", "each other"],
        ["Agency copy", "Herald"],
        ["Agency copy", "Post"],
        ["Herald", "Post"],
    ]
    assert found["mean"].tolist()[1:3] == [20, 20]
    assert found["method"].str.endswith("; 7 of 21 articles are agency copy and an outlet of their own").all()


def test_a_repeated_article_without_an_agency_stays_with_its_outlet(articles: pd.DataFrame) -> None:
    found = compare_outlets(articles.assign(agency=pd.NA), ["n_quotes"], copies="separate")
    assert found["outlet"].tolist() == ["Herald"]


def test_an_unknown_mark_is_no_copy_and_the_frame_stays(articles: pd.DataFrame) -> None:
    unknown = articles.assign(copy=articles["copy"].mask(articles["copy"]))
    before = unknown.copy(deep=True)
    assert compare_outlets(unknown, ["n_quotes"], copies="drop")["n_articles"].tolist() == [21]
    compare_outlets(unknown, ["n_quotes"], copies="separate")
    pd.testing.assert_frame_equal(unknown, before)


def test_marks_may_come_back_from_a_csv(articles: pd.DataFrame) -> None:
    spelt = articles.assign(copy=articles["copy"].astype(str))
    assert compare_outlets(spelt, ["n_quotes"], copies="drop")["n_articles"].tolist() == [14]


@pytest.mark.parametrize(
    ("change", "copies", "message"),
    [
        ({}, "remove", "copies must be one of keep, drop, separate"),
        ({"copy": None}, "drop", "no column 'copy'"),
        ({"agency": None}, "separate", "no column 'agency'"),
        ({"copy": "yes"}, "drop", "must hold True or False"),
        ({"outlet": "Agency copy"}, "separate", "is called 'Agency copy' already"),
    ],
)
def test_what_cannot_be_done_is_said(
    articles: pd.DataFrame, change: dict[str, str | None], copies: str, message: str
) -> None:
    for column, value in change.items():
        articles = articles.drop(columns=column) if value is None else articles.assign(**{column: value})
    with pytest.raises(InputError, match=message):
        compare_outlets(articles, ["n_quotes"], copies=copies)


def test_every_function_of_the_comparison_leaves_copies_out() -> None:
    texts = {"Herald": "Ann Lee said it may rain. Migrants came.", "Courier": "Tom Ito said it rained. People came."}
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "event": f"e{n}", "text": text, "copy": False, "agency": pd.NA}
        for n in range(6)
        for outlet, text in texts.items()
    ]
    copied = {"article_id": "c", "outlet": "Herald", "event": "e0", "copy": True, "agency": "AP"}
    copied["text"] = "Bo Hill said it might possibly snow. Floods came."
    corpus = pd.DataFrame([*rows, copied])
    analysis, without = analyze(corpus, progress=False), analyze(corpus[:-1], progress=False)
    for function, arguments in (
        (explain_difference, ("hedges_per_1000_words", "Herald", "Courier")),
        (list_sources, ()),
        (source_diversity, ()),
        (source_overlap, ()),
    ):
        dropped = function(analysis, *arguments, copies="drop")
        pd.testing.assert_frame_equal(dropped, function(without, *arguments))
        assert not dropped.equals(function(analysis, *arguments))
    dropped = distinctive_words(analysis, corpus, "Herald", copies="drop", least=1)
    pd.testing.assert_frame_equal(dropped, distinctive_words(without, corpus[:-1], "Herald", least=1))
    apart = list_sources(analysis, copies="separate")
    assert apart.loc[apart["outlet"] == "Agency copy", "source_name"].tolist() == ["Bo Hill"]
