"""Counts of all articles at once are those that a reader adds up from the evidence of one count, to the last bit."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.analysis import article_sums, count_table, metric_table
from framing.analysis.metrics import add_up, difference_table, evidence_rows
from framing.analysis.storing import SCHEMAS
from framing.tables import as_table

IDS = ["b", "a", "c", "d"]
VALUES = {
    "article_id": [*IDS, "elsewhere"],
    "field": ["text", "text", "title"],
    "voice": ["outlet", "source"],
    "category": ["booster", "epistemic", "doxastic", None],
    "hedge_id": ["h1", "h2", "h3"],
    "source_name": ["Ann Ó", "mayor", None],
    "type": ["direct", "indirect"],
    "cue_type": ["speech", None],
    "lexicon": ["list"],
}
LEXICONS = ["list"]


def _value(name: str, kind: str) -> st.SearchStrategy[object]:
    if name in VALUES:
        return st.sampled_from(VALUES[name])
    return {
        "string": st.none(),
        "boolean": st.sampled_from([True, False, None]),
        "Int64": st.integers(0, 9),
        "Float64": st.none() | st.floats(-1, 1),
        "object": st.just([]),
    }[kind]


def evidence() -> st.SearchStrategy[dict[str, pd.DataFrame]]:
    return st.fixed_dictionaries(
        {
            name: st.lists(
                st.fixed_dictionaries({column: _value(column, kind) for column, kind in schema.items()}), max_size=25
            ).map(lambda rows, schema=schema: as_table(rows, schema))
            for name, schema in SCHEMAS.items()
        }
    )


@settings(max_examples=12, deadline=None)
@given(evidence())
def test_counts_are_those_added_up_one_by_one(tables):
    counts = article_sums.article_counts(tables, pd.Series(IDS), LEXICONS)
    for count in count_table(LEXICONS).index:
        expected = add_up(evidence_rows(tables, count), count).reindex(IDS, fill_value=0)
        assert np.array_equal(counts[count].to_numpy(float), expected.to_numpy(float)), count


def test_metrics_are_ratios_of_counts_and_unknown_without_a_denominator():
    values = {count: pd.array([n % 7, 0, None], dtype="Int64") for n, count in enumerate(count_table().index)}
    counts = pd.DataFrame(values)
    metrics = article_sums.article_metrics(counts)
    for metric, row in metric_table().iterrows():
        above, below = counts[row["numerator"]], counts[row["denominator"]]
        expected = above.astype("Float64") * float(row["per"]) / below.astype("Float64").mask(below == 0)
        pd.testing.assert_series_equal(metrics[metric], expected, check_names=False, check_exact=True)
    for metric, row in difference_table().iterrows():
        expected = metrics[row["first"]] - metrics[row["second"]]
        pd.testing.assert_series_equal(metrics[metric], expected, check_names=False, check_exact=True)


@pytest.mark.parametrize("column", ["n_words", "sum_score"])
def test_sums_lose_nothing_to_the_order_of_articles(column):
    row = {"article_id": "a", "field": "text", "voice": "outlet", "n_words": 3, "score": 0.1}
    rows = [row | {"article_id": IDS[n % 4], "score": 1 / (n + 1)} for n in range(40)]
    missing = dict.fromkeys(SCHEMAS["sentiment"])
    tables = {name: as_table([], schema) for name, schema in SCHEMAS.items()}
    sums = [
        article_sums.article_counts(
            tables | {"sentiment": as_table([missing | r for r in ordered], SCHEMAS["sentiment"])}, pd.Series(IDS)
        )[column].tolist()
        for ordered in (rows, sorted(rows, key=lambda r: r["article_id"]))
    ]
    assert sums[0] == sums[1]
