"""The codebook: what coders count for a metric, in a few sentences with examples; its words are in codebook.csv."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from framing.analysis.metrics import count_row, metric_row
from framing.validity.units import SENTENCE, SHARE_OF_FRAME, TONE, is_frame, numerator_of

Part = Mapping[str, str]
VOICES = ("voice=outlet", "voice=source")
FRAMES = "frames"
BOOSTER, HEDGE = "category=booster", "category!=booster"
HOW = (
    "Each row of the sheet is one {unit} to code. The {unit}s before and after it only help to understand it: "
    "count nothing in them. Code in the order of the sheet, and don't look at other coders' sheets. Write a number "
    "into each column that is named below; 0 when there is nothing to count, and leave a cell empty as long as you "
    "haven't coded it. Write x into the column not_codable where a {unit} can't be judged at all (cut off, another "
    "language, no {unit}), and leave its numbers empty. The column note is yours. `[outlet]` stands for the name of "
    "the outlet, so that nobody codes a name."
)
SAVE_AS = (
    "Save your copy beside this file as `sheet_NAME.csv` or `sheet_NAME.xlsx`, with your name or initials for NAME, "
    "and leave its first row and the column unit_id as they are."
)


@lru_cache(maxsize=1)
def codebook_table() -> pd.DataFrame:
    """The rows of the codebook.

    Returns
    -------
    pandas.DataFrame
        `part`, the `table` and `condition` of `count_table` it explains, `title`, `definition`, `counts`, `counts_not`,
        `yes_1, yes_2, no_1, no_2` (invented examples; what is counted stands between asterisks), `source`, `url`.
    """
    return pd.read_csv(Path(__file__).with_name("codebook.csv"), keep_default_na=False, dtype=str)


def codebook_parts(metric: str) -> list[Part]:
    """List the parts of the codebook that a coder of a metric needs, the general one first, whose words count last.

    Raises
    ------
    InputError
        If the metric can't be coded sentence by sentence.

    Examples
    --------
    >>> [part["title"] for part in codebook_parts("hedges_epistemic_per_1000_words_outlet")]
    ['Epistemic hedges', "Only the outlet's own words"]
    >>> [part["part"] for part in codebook_parts("hedges_per_1000_words")][:3]
    ['hedge', 'epistemic', 'doxastic']
    """
    book = [{str(name): str(text) for name, text in row.items()} for row in codebook_table().to_dict("records")]
    if is_frame(metric):
        return [part for part in (_part(book, FRAMES, ""),) if part]
    row = count_row(numerator_of(metric)) or {}
    table, add = str(row.get("table", "")), str(row.get("add", ""))
    conditions = [part for part in str(row.get("where", "")).split(";") if part]
    if table == "hedges":
        kinds = [c for c in conditions if c.startswith("category=")]
        wanted = [*kinds] if kinds else [HEDGE, *_categories(), *([] if HEDGE in conditions else [BOOSTER])]
    elif table == "attributions":
        wanted = ["", *(c for c in conditions if c not in VOICES)]
    else:  # tables of tone, whatever the lexicon
        table, wanted = "sentiment", [add if add in ("n_positive", "n_negative") else "score*n_words"]
    own = [_part(book, table, condition) for condition in wanted]
    voices = [_part(book, "", condition) for condition in conditions if condition in VOICES]
    return [part for part in (*own, *voices) if part]


def codebook_text(metrics: Sequence[str], unit: str = SENTENCE) -> str:
    """Write the codebook for some metrics, coded by sentence, paragraph or article, as Markdown.

    Examples
    --------
    >>> print(codebook_text(["boosters_per_1000_words"]).splitlines()[0])
    # Codebook
    """
    lines = ["# Codebook", "", HOW.replace("{unit}", unit), "", SAVE_AS, ""]
    written: set[str] = set()
    for metric in metrics:
        lines += [f"## {title_of(metric)}", "", f"Column `{metric}`. {instruction(metric)}", ""]
        parts = codebook_parts(metric)
        above = [part["title"] for part in parts if part["part"] in written]
        lines += [f"What is said above holds here too: {'; '.join(above)}.", ""] if above else []
        for part in parts:
            if part["part"] not in written:
                lines += _markdown(part)
        written.update(part["part"] for part in parts)
    return "\n".join(lines)


def title_of(metric: str) -> str:
    """Name a metric's counts for a heading: what `metric_table` calls it, with a capital.

    Examples
    --------
    >>> title_of("sentiment_outlet")
    "Tone in the outlet's own words"
    >>> title_of("share_frame_law_order")
    'Frame law order'
    """
    if is_frame(metric):
        return f"Frame {metric.removeprefix(SHARE_OF_FRAME).replace('_', ' ')}"
    label = str((metric_row(metric) or {"label": metric})["label"])
    return label[:1].upper() + label[1:]


def is_tone(metric: str) -> bool:
    """Whether coders give a tone (−1, 0, 1) instead of a count."""
    return numerator_of(metric).startswith(TONE)


def instruction(metric: str) -> str:
    """Say what to write into the metric's column.

    Examples
    --------
    >>> instruction("sentiment")
    'Write −1 (negative), 0 (neutral or mixed) or 1 (positive).'
    """
    if is_tone(metric):
        return "Write −1 (negative), 0 (neutral or mixed) or 1 (positive)."
    if is_frame(metric):
        return "Write 1 if this is its frame, else 0."
    if (count_row(numerator_of(metric)) or {}).get("add") == "distinct:sentence":
        return "Write 1 if there is any in the sentence, else 0."
    return "Write how many there are in the sentence: 0, 1, 2, …"


def _categories() -> list[str]:
    book = codebook_table()
    return [c for c in book.loc[book["table"] == "hedges", "condition"] if c.startswith("category=") and c != BOOSTER]


def _part(book: Sequence[Mapping[str, str]], table: str, condition: str) -> Part | None:
    found = (part for part in book if part["table"] == table and part["condition"] == condition)
    return next(found, None)


def _markdown(part: Part) -> list[str]:
    source = f"[{part['source']}]({part['url']})" if part["url"] else part["source"]
    return [
        f"### {part['title']}",
        "",
        part["definition"],
        "",
        f"- Counts: {part['counts']}",
        f"- Doesn't count: {part['counts_not']}",
        "",
        *(f"> {part[name]}" + "  " for name in ("yes_1", "yes_2", "no_1", "no_2")),
        "",
        f"After: {source}",
        "",
    ]
