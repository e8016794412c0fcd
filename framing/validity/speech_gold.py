"""How well reported speech is found, against the acts of speech coded in 25 news articles."""

import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus import load_basil
from framing.errors import InputError
from framing.measures import find_attributions
from framing.tables import Schema, as_table

DEFAULT_GOLD = Path(__file__).parents[2] / "data" / "gold" / "speech.jsonl"
TYPES = ("direct", "indirect", "mixed")
KEYS = ("corpus", "article_id", "field", "source", "cue", "content", "type", "speaker")
SPEECH_GOLD: Schema = {
    "corpus": "string",
    "article_id": "string",
    "field": "string",
    "source_start": "Int64",
    "source_end": "Int64",
    "cue_start": "Int64",
    "cue_end": "Int64",
    "content_spans": "object",
    "type": "string",
    "speaker": "string",
}
ACCURACY: Schema = {
    "rows": "string",
    "quotes": "string",
    "covered": "Float64",
    "n_gold": "Int64",
    "n_found": "Int64",
    "n_matched": "Int64",
    "precision": "Float64",
    "recall": "Float64",
    "f": "Float64",
    "n_speakers": "Int64",
    "speaker_right": "Float64",
    "verb_right": "Float64",
}
# "Sen. Ann Reed" and "Sen. Bo Hill" are not one speaker, nor are "a friend of Reed" and "the mayor of Hill".
NO_NAME = re.compile(
    r"\w|an|the|of|for|to|in|on|at|by|and|or|from|with|his|her|its|their|mrs?|ms|miss|dr|sir|sen|rep|gov|lt|gen|senator"
    r"|representative|governor|president|congress(?:wo)?man|secretary|minister|speaker|judge|justice|mayor"
    r"|chair(?:wo)?man"
)

Row = Mapping[Hashable, Any]
Letters = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Act:
    content: Letters
    cue: Letters
    speaker: frozenset[str]


def read_speech_gold(path: str | Path = DEFAULT_GOLD) -> pd.DataFrame:
    """Read the coded acts of reported speech; `data/gold/README.md` says how they came about.

    Parameters
    ----------
    path : str or Path
        The file of JSON lines. Without it, `data/gold/speech.jsonl` of the source checkout; an installed package
        doesn't hold it.

    Returns
    -------
    pandas.DataFrame
        One row per act: `corpus` (``basil``), `article_id`, `field`, `source_start`, `source_end`, `cue_start`,
        `cue_end` (half-open character offsets into the article's field, ``<NA>`` where there is no such span),
        `content_spans` (list of [start, end]), `type` (``direct``, ``indirect``, ``mixed``), `speaker` (name or role,
        ``<NA>`` if unknown).

    Raises
    ------
    InputError
        (a ValueError) If there is no such file, a line lacks a key, or a type is none of these.

    Examples
    --------
    >>> gold = read_speech_gold()
    >>> len(gold), gold["article_id"].nunique()
    (339, 25)
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(
            f"There is no file {path}. The gold of reported speech is part of the source checkout "
            "(data/gold/speech.jsonl), not of the installed package: give its path."
        )
    acts = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    for number, act in enumerate(acts, start=1):
        missing = [key for key in KEYS if key not in act]
        if missing:
            raise InputError(f"{path} has no {missing[0]!r} in line {number}; it has: {', '.join(act)}.")
        if act["type"] not in TYPES:
            raise InputError(f"{path} has the type {act['type']!r} in line {number}; allowed are: {', '.join(TYPES)}.")
    return as_table([_as_row(act) for act in acts], SPEECH_GOLD)


def _as_row(act: Mapping[str, Any]) -> dict[str, Any]:
    source, cue = (act[role] or (None, None) for role in ("source", "cue"))
    return {
        **act,
        "source_start": source[0],
        "source_end": source[1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "content_spans": act["content"],
    }


def speech_accuracy(folder: str | Path, *, gold: str | Path = DEFAULT_GOLD) -> pd.DataFrame:
    """Measure `find_attributions` on the coded articles.

    Parameters
    ----------
    folder : str or Path
        The folder of the public corpora: it holds BASIL as `basil/`.
    gold : str or Path
        See `read_speech_gold`.

    Returns
    -------
    pandas.DataFrame
        See `score_speech`.

    Raises
    ------
    InputError
        If BASIL isn't there, or its texts are not those that were coded.

    Notes
    -----
    The gold holds speech only and of nested speech only the outermost act, so a found attitude is a false alarm among
    ``all`` rows, and so is speech within speech among both. 25 articles on US politics: an interval over articles is
    some points wide.
    """
    acts = read_speech_gold(gold)
    texts = read_speech_texts(folder, acts)
    corpus = pd.DataFrame({"article_id": list(texts), "outlet": "x", "text": list(texts.values())})
    return score_speech(acts, find_attributions(corpus), texts)


def read_speech_texts(folder: str | Path, gold: pd.DataFrame) -> dict[str, str]:
    """Read the coded articles and make sure that they are the texts that were coded.

    Raises
    ------
    InputError
        If BASIL isn't there, lacks an article, or has a text in which a coded span doesn't begin and end at the border
        of a word.
    """
    basil = load_basil(folder)
    texts = dict(zip(basil["article_id"], basil["text"], strict=True))
    for row in gold.to_dict("records"):
        text = texts.get(row["article_id"])
        if text is None or not all(
            _fits(text, *span) for role in ("source", "cue", "content") for span in _of(row, role)
        ):
            raise InputError(
                f"Article {row['article_id']!r} of basil under {folder} is missing or not the text that was coded: the "
                "offsets don't fit. data/gold/README.md says which edition they belong to."
            )
    return {name: texts[name] for name in gold["article_id"].unique()}


def _fits(text: str, start: int, end: int) -> bool:
    span = text[start:end]
    borders = all(at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum()) for at in (start, end))
    return 0 <= start < end <= len(text) and span == span.strip() and borders


def score_speech(gold: pd.DataFrame, found: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Compare found attributions with coded acts of speech.

    Parameters
    ----------
    gold : pandas.DataFrame
        As `read_speech_gold` gives it.
    found : pandas.DataFrame
        As `find_attributions` gives it; other fields than ``text`` don't count.
    texts : mapping
        The text of each `article_id`.

    Returns
    -------
    pandas.DataFrame
        One row per way of counting:

        - `rows`: found rows with `cue_type` ``speech``, or ``all``;
        - `quotes`: ``all`` types, or ``direct+mixed`` ones (of both tables), as tools for quotations report them;
        - `covered`: 0.3 or 0.8. In the order of the text every act takes the unused row whose content shares most with
          its own; they match when intersection over union of letters and digits is more than this;
        - `n_gold`, `n_found`, `n_matched`; `precision`, `recall`, `f` in per cent;
        - `n_speakers`: matches whose coded speaker has more than a title; `speaker_right`: per cent of these whose
          `source_name` shares a word with it, titles and function words aside;
        - `verb_right`: per cent of matches whose cues share a letter, or both have none.

        A share of nothing is ``<NA>``.

    Examples
    --------
    >>> text = "Ann said it rains."
    >>> act = {"article_id": "a", "field": "text", "cue_start": 4, "cue_end": 8, "content_spans": [[9, 17]],
    ...        "type": "indirect"}
    >>> gold = pd.DataFrame([act | {"speaker": "Ann Lee"}])
    >>> found = pd.DataFrame([act | {"source_name": "Ann", "cue_type": "speech"}])
    >>> score_speech(gold, found, {"a": text}).loc[0, ["n_matched", "f", "speaker_right", "verb_right"]].tolist()
    [1.0, 100.0, 100.0, 100.0]
    """
    body = found[found["field"] == "text"]
    rows = {"speech": body[body["cue_type"] == "speech"], "all": body}
    quotes = {"all": TYPES, "direct+mixed": ("direct", "mixed")}
    counts = [
        {"rows": name, "quotes": kind}
        | _score(gold[gold["type"].isin(types)], rows[name][rows[name]["type"].isin(types)], texts, covered)
        for name, (kind, types), covered in product(rows, quotes.items(), (0.3, 0.8))
    ]
    return as_table(counts, ACCURACY)


def _score(gold: pd.DataFrame, found: pd.DataFrame, texts: Mapping[str, str], covered: float) -> dict[str, Any]:
    wanted, had = _acts(gold, "speaker", texts), _acts(found, "source_name", texts)
    pairs = [pair for name in wanted for pair in _match(wanted[name], had.get(name, []), covered)]
    named = [(act, row) for act, row in pairs if act.speaker]
    return {
        "covered": covered,
        "n_gold": len(gold),
        "n_found": len(found),
        "n_matched": len(pairs),
        "precision": _percent(len(pairs), len(found)),
        "recall": _percent(len(pairs), len(gold)),
        "f": _percent(2 * len(pairs), len(gold) + len(found)),
        "n_speakers": len(named),
        "speaker_right": _percent(sum(bool(act.speaker & row.speaker) for act, row in named), len(named)),
        "verb_right": _percent(sum(_touch(act.cue, row.cue) for act, row in pairs), len(pairs)),
    }


def _acts(table: pd.DataFrame, speaker: str, texts: Mapping[str, str]) -> dict[str, list[_Act]]:
    acts: dict[str, list[_Act]] = {}
    for row in table.to_dict("records"):
        name = row["article_id"]
        content, cue = (_letters(texts[name], _of(row, role)) for role in ("content", "cue"))
        acts.setdefault(name, []).append(_Act(content, cue, _words(row[speaker])))
    return acts


def _of(row: Row, role: str) -> list[tuple[int, int]]:
    """The spans of a source, a cue or a content."""
    if role == "content":
        return [(int(start), int(end)) for start, end in row["content_spans"]]
    start, end = row[f"{role}_start"], row[f"{role}_end"]
    return [] if pd.isna(start) else [(int(start), int(end))]


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> Letters:
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def _words(speaker: Any) -> frozenset[str]:
    words = [] if pd.isna(speaker) else re.findall(r"\w+", speaker.casefold())
    return frozenset(word for word in words if not NO_NAME.fullmatch(word))


def _match(wanted: Sequence[_Act], found: Sequence[_Act], covered: float) -> list[tuple[_Act, _Act]]:
    """Pair every act with the unused row whose content it shares most with, if that is more than `covered`."""
    free = list(found)
    pairs = []
    for act in wanted:
        best = max(free, key=lambda row: _overlap(act, row), default=None)
        if best is not None and _overlap(act, best) > covered:
            free.remove(best)
            pairs.append((act, best))
    return pairs


def _overlap(one: _Act, other: _Act) -> float:
    return len(one.content & other.content) / max(1, len(one.content | other.content))


def _touch(one: Letters, other: Letters) -> bool:
    return bool(one & other) or not (one or other)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
