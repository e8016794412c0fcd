"""Who speaks: one name within an event, effective numbers of sources, and what outlets share."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.analysis import Analysis, analyze
from framing.comparison import compare_outlets, list_sources, source_diversity, source_matrix, source_overlap
from framing.comparison.same_names import full_names
from framing.comparison.source_diversity import effective_number
from framing.errors import InputError, TooFewError


def analysis_of(*articles: tuple[str, str | None, str]) -> Analysis:
    rows = [
        {"article_id": f"a{n}", "outlet": outlet, "event": event, "text": text}
        for n, (outlet, event, text) in enumerate(articles)
    ]
    return analyze(pd.DataFrame(rows), progress=False)


def test_a_surname_is_the_full_name_that_another_article_of_the_event_gives() -> None:
    analysis = analysis_of(
        ("Herald", "e", "Ann Lee said it rained."), ("Courier", "e", "Ms. Lee said it rained."),
        ("Courier", "f", "Ms. Lee said it snowed."),
    )  # fmt: skip
    listed = list_sources(analysis)
    assert listed[["event", "outlet", "source_name"]].values.tolist() == [
        ["e", "Courier", "Ann Lee"], ["e", "Herald", "Ann Lee"], ["f", "Courier", "Lee"],
    ]  # fmt: skip


def test_a_surname_that_two_have_stays_as_it_is() -> None:
    assert full_names(["Lee", "Ann Lee", "Bo Lee"]) == {}


def test_articles_without_an_event_are_left_out_unless_all_are_taken_together() -> None:
    analysis = analysis_of(("Herald", "e", "Ann Lee said it rained."), ("Herald", None, "Tom Ito said no."))
    assert list_sources(analysis)["source_name"].tolist() == ["Ann Lee"]
    assert list_sources(analysis, event=None)["source_name"].tolist() == ["Ann Lee", "Tom Ito"]
    with pytest.raises(InputError, match="no column 'story'"):
        list_sources(analysis, event="story")


def test_shares_of_kinds() -> None:
    text = "The report said it rained. Officials said no. Ann Lee said yes. An anonymous source said maybe."
    row = source_diversity(analysis_of(("Herald", "e", text))).iloc[0]
    assert row[["n_attributions", "share_documents", "share_unnamed", "share_anonymous"]].tolist() == [
        4,
        0.25,
        0.25,
        0.25,
    ]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_effective_number_is_the_exponential_of_the_mean_entropy_of_all_draws(
    counts: list[int], data: st.DataObject
) -> None:
    n_drawn = data.draw(st.integers(1, min(6, sum(counts))))
    sources = [name for name, n in enumerate(counts) for _ in range(n)]
    entropies = []
    for drawn in itertools.combinations(sources, n_drawn):
        shares = np.bincount(drawn) / n_drawn
        entropies.append(-sum(p * math.log(p) for p in shares if p))
    assert effective_number(counts, n_drawn) == pytest.approx(math.exp(np.mean(entropies)), abs=1e-9)


def test_effective_number_refuses_more_than_there_are() -> None:
    with pytest.raises(InputError, match="found 5"):
        effective_number([2, 2], 5)


def test_diversity_goes_into_the_comparison() -> None:
    many = "Ann Lee said yes. Tom Ito said no. Bo Hill said maybe."
    few = "Ann Lee said yes. “No,” Ann Lee said. “Maybe,” Ann Lee said."
    analysis = analysis_of(*[(o, f"e{n}", t) for n in range(6) for o, t in (("Herald", many), ("Courier", few))])
    row = compare_outlets(source_diversity(analysis), ["effective_sources"]).iloc[0]
    assert row[["outlet", "mean", "mean_versus", "n_events"]].tolist() == ["Courier", 1, 3, 6]


def test_overlap_counts_shared_sources_and_those_that_one_outlet_hears() -> None:
    analysis = analysis_of(
        ("Herald", "e", "Ann Lee said yes. Tom Ito said no."), ("Courier", "e", "Ann Lee said yes."),
        ("Herald", "f", "Ann Lee said yes."), ("Courier", "f", "Bo Hill said no."),
        ("Courier", "g", "Bo Hill said no."),
    )  # fmt: skip
    row = source_overlap(analysis).iloc[0]
    assert row[["n_events", "n_shared", "n_only", "n_only_versus"]].tolist() == [2, 1, 1, 2]
    assert row["share_shared"] == pytest.approx((1 / 2 + 0) / 2)
    assert pd.isna(row["ci_low"]), "two events are too few for an interval"


def test_overlap_has_an_interval_from_six_events_on_and_is_the_same_again() -> None:
    told = [(o, f"e{n}", f"Ann Lee said yes. {o} Hill said no." if n % 2 else "Ann Lee said yes.")
            for n in range(6) for o in ("Herald", "Courier")]  # fmt: skip
    analysis = analysis_of(*told)
    first, again = source_overlap(analysis, seed=3), source_overlap(analysis, seed=3)
    pd.testing.assert_frame_equal(first, again)
    assert first.loc[0, "ci_low"] < first.loc[0, "share_shared"] < first.loc[0, "ci_high"]


def test_outlets_without_a_common_event_have_no_overlap() -> None:
    with pytest.raises(TooFewError, match="no event is told"):
        source_overlap(analysis_of(("Herald", "e", "Ann Lee said yes."), ("Courier", "f", "Ann Lee said yes.")))


MATRIX = (
    ("Herald", "e", "Sen. Ann Lee said it rained. Tom Ito said no. Officials said yes."),
    ("Courier", "e", "Ms. Lee said it rained."),
    ("Herald", "f", "Ann B. Lee said it snowed."),
    ("Courier", "f", "Max Roe said no."),
    ("Herald", "alone", "Sue Poe said no. Sue Poe said yes."),
)


def test_the_matrix_counts_shared_events_and_who_is_left_out() -> None:
    table = source_matrix(analysis_of(*MATRIX))
    assert table[["source_name", "outlet", "n_events", "n_events_left_out"]].values.tolist() == [
        ["Ann Lee", "Courier", 1, 1], ["Ann Lee", "Herald", 2, 0],
        ["Max Roe", "Courier", 1, 0], ["Max Roe", "Herald", 0, 1],
        ["Tom Ito", "Courier", 0, 1], ["Tom Ito", "Herald", 1, 0],
    ]  # fmt: skip
    assert table["n_words"].tolist() == [2, 4, 1, 0, 0, 1]


def test_the_matrix_adds_up_to_the_list_of_sources() -> None:
    analysis = analysis_of(*MATRIX)
    listed = list_sources(analysis)
    shared = listed[listed["event"] != "alone"]
    table = source_matrix(analysis, most=None, source_types=None)
    assert table["n_attributions"].sum() == shared["n_attributions"].sum()
    assert "officials" in set(table["source_name"])


def test_the_matrix_depends_on_no_order_of_articles() -> None:
    backwards = analyze(
        pd.DataFrame(
            [{"article_id": f"a{n}", "outlet": o, "event": e, "text": t} for n, (o, e, t) in enumerate(MATRIX)]
        )[::-1],
        progress=False,
    )
    pd.testing.assert_frame_equal(source_matrix(backwards), source_matrix(analysis_of(*MATRIX)))


def test_what_the_matrix_cannot_do_is_said() -> None:
    analysis = analysis_of(*MATRIX)
    with pytest.raises(InputError, match="order must be one of events, attributions"):
        source_matrix(analysis, order="words")
    with pytest.raises(InputError, match="most must be a whole number"):
        source_matrix(analysis, most=0)
    with pytest.raises(TooFewError, match="no event is told by two outlets"):
        source_matrix(analysis_of(*MATRIX[4:]))
