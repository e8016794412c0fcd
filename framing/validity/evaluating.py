"""How right a measure is on a coded corpus: public ones where they lie, and the bundled example always."""

from pathlib import Path

import pandas as pd

from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.evaluation_counts import COUNTERS
from framing.validity.evaluation_figures import figure_rows

EVALUATION: Schema = {
    "measure": "string",
    "corpus": "string",
    "split": "string",
    "what": "string",
    "figure": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "n": "Int64",
}
LOOKED_AT = {
    "yes": "These texts and figures were looked at while the measure was made",
    "figures": "These figures were looked at while the measure was made, though its texts did not shape it",
    "fitted": "The measure was fitted to these texts",
    "no": "Neither texts nor figures were looked at while the measure was made",
}


def evaluate(
    measure: str,
    *,
    corpus: str | None = None,
    split: str | None = None,
    folder: str | Path | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how right a measure is on a corpus that people coded.

    Parameters
    ----------
    measure : {"attribution", "hedging", "source_type", "sentiment", "targets", "copies"}
    corpus : str, optional
        One that `list_evaluations` names. Without it the first of the measure: the bundled example where it is coded
        for that measure.
    split : str, optional
        Which part of the corpus; without it the first that `list_evaluations` names.
    folder : str or Path, optional
        The folder that holds the public corpora; else that in the environment variable ``FRAMING_DATA``. The example
        needs none.
    seed : int
        Seed of the redrawings.

    Returns
    -------
    pandas.DataFrame
        One row per figure: `measure, corpus, split`; `what` was compared; `figure` (F, precision, recall, accuracy,
        macro-F1: 0 to 1; Pearson's r: −1 to 1); `value`, with its 95% interval `low, high` from 1,000 redrawings of the
        documents; `n`, what the figure is a share of (of F the coded ones; of F of single roles the coded and the found
        together). ``<NA>`` where there is nothing to divide by, and for an interval where every redrawing gives the
        same: no mistake among a few things is no proof that there is none. `attrs["sentence"]` says what the corpus is
        and whether it was looked at.

    Raises
    ------
    InputError
        (a ValueError) If there is no such measure, corpus or split, or the corpus isn't there, with where to get it.

    Notes
    -----
    Documents are redrawn, not single codings, since mistakes of one article go together. An interval tells what other
    articles of the same kind would give; it does not tell what another kind of text, or a figure that nobody had looked
    at, would give. For a corpus of one's own: `sample_for_coding` and `validate`.

    Examples
    --------
    >>> table = evaluate("source_type")
    >>> table["corpus"][0], table["figure"][0], int(table["n"][0])
    ('example', 'recall', 241)
    """
    asked = _asked(measure, corpus, split)
    counted = COUNTERS[asked["measure"], asked["corpus"]](asked["split"], folder)
    about = {name: asked[name] for name in ("measure", "corpus", "split")}
    table = as_table([about | row for row in figure_rows(counted, seed=seed)], EVALUATION)
    table.attrs["sentence"] = describe_evaluation(asked["measure"], asked["corpus"], asked["split"])
    return table


def list_evaluations() -> pd.DataFrame:
    """List what `evaluate` can measure.

    Returns
    -------
    pandas.DataFrame
        `measure, corpus, split`; `documents`, what is redrawn for the intervals; `about` the corpus; `looked_at` while
        the measure was made: ``yes`` (texts and figures), ``figures`` only, ``fitted`` (the measure was estimated on
        it), ``no``; `detail`.

    Examples
    --------
    >>> list_evaluations().loc[0, ["measure", "corpus", "looked_at"]].tolist()
    ['attribution', 'example', 'yes']
    """
    return pd.read_csv(Path(__file__).with_name("evaluations.csv"), dtype="string")


def describe_evaluation(measure: str, corpus: str, split: str) -> str:
    """Say what the corpus is, and whether it was looked at while the measure was made.

    Examples
    --------
    >>> describe_evaluation("copies", "polnear", "dev").partition(":")[0]
    'PolNeAR, development part'
    """
    row = _asked(measure, corpus, split)
    return f"{row['about']}. {LOOKED_AT[row['looked_at']]}: {row['detail'][0].lower()}{row['detail'][1:]}."


def _asked(measure: str, corpus: str | None, split: str | None) -> dict[str, str]:
    """The row of what was asked for; the first one where nothing is said."""
    rows = list_evaluations()
    for column, wanted in (("measure", measure), ("corpus", corpus), ("split", split)):
        allowed = list(dict.fromkeys(rows[column]))
        if wanted is not None and wanted not in allowed:
            before = "" if column == "measure" else f" for {measure}" + ("" if column == "corpus" else f" on {corpus}")
            raise InputError(f"there is no {column} {str(wanted)[:60]!r}{before}; there is: {', '.join(allowed)}.")
        rows = rows[rows[column] == (wanted if wanted is not None else allowed[0])]
    return {str(name): str(value) for name, value in rows.iloc[0].items()}
