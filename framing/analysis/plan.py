"""What an analysis in pieces is of: articles, lists, the size of a piece; and whether a folder holds the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.analysis.lexicon_names import name_lexicons
from framing.analysis.piece_files import (
    RUN,
    as_json,
    in_pieces,
    make_folders,
    read_json,
    remove_pieces,
    strangers,
    write_whole,
)
from framing.analysis.provenance import made_by
from framing.analysis.running import check_columns, check_language
from framing.analysis.schemas import TABLES
from framing.analysis.shares import Lists
from framing.corpus.languages import ENGLISH
from framing.corpus.stretches import Source, open_source, source_hash
from framing.errors import InputError
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.lookup import make_lookup, read_sentiment_lexicon

PIECE_SIZE = 500  # articles: some ten seconds of work
FORMAT = 1
BESIDE = {"changed", "n_pieces"}  # when a file was written, which may differ, and what follows from the rest


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a process must know to analyse a piece; small, and picklable."""

    source: Source
    folder: Path
    piece_size: int
    lists: Lists
    names: tuple[str, ...]
    run: Mapping[str, Any]

    @property
    def n_pieces(self) -> int:
        """How many pieces there are."""
        return -(-self.source.n_articles // self.piece_size)

    def rows(self, number: int) -> tuple[int, int]:
        """Number of the first article of a piece, and of the one after its last."""
        start = number * self.piece_size
        return start, min(start + self.piece_size, self.source.n_articles)


def plan_pieces(
    source: str | Path,
    folder: str | Path,
    *,
    piece_size: int = PIECE_SIZE,
    hedge_lexicon: str | Path = "hedges_en",
    lexicons: Sequence[str | Path | Lexicon] = (),
    language: str = ENGLISH,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    clean: bool = True,
    day_first: bool | None = None,
    again: bool = False,
) -> Plan:
    """Look at the articles and the folder, and write into it what the run is of; see `analyze_pieces`."""
    if not isinstance(piece_size, int) or isinstance(piece_size, bool) or piece_size < 1:
        raise InputError(f"piece_size must be a whole number of articles, 1 or more; found {piece_size!r}.")
    check_language(language)
    folder = Path(folder)
    names = name_lexicons(lexicons)
    opened = open_source(source, columns=columns, outlet=outlet, clean=clean, day_first=day_first)
    check_columns(opened.columns, names)
    sentiment = dict(zip(names, map(read_sentiment_lexicon, lexicons), strict=True))
    lists = Lists(load_lexicon(hedge_lexicon), {name: make_lookup(each) for name, each in sentiment.items()}, language)
    before = _before(folder, again=again)
    run = {
        **made_by(lists.hedges, sentiment, language=language),
        "format": FORMAT,
        "piece_size": piece_size,
        "n_pieces": -(-opened.n_articles // piece_size),
        "source": _about(opened, before),
        "options": {"columns": dict(columns or {}), "outlet": outlet, "clean": clean, "day_first": day_first},
    }
    if before is not None and (differing := differences(before, run)):
        raise InputError(
            f"{folder} holds an analysis in pieces of something else: {'; '.join(differing[:5])}"
            f"{' …' if len(differing) > 5 else ''}. Ask for the same to go on with it, name another folder, or begin "
            "again in this one: again=True"
        )
    make_folders(folder)
    if before is None:
        write_whole(folder / RUN, as_json(run), folder)
    return Plan(opened, folder, piece_size, lists, tuple(names), run)


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What two runs differ in, in words.

    Examples
    --------
    >>> differences({"piece_size": 500, "options": {"clean": True}}, {"piece_size": 100, "options": {"clean": True}})
    ['piece_size was 500 and is 100']
    """
    one, other = _flat(before), _flat(now)
    return [
        f"{name} was {one.get(name, 'not there')} and is {other.get(name, 'not there')}"
        for name in dict.fromkeys((*other, *one))
        if one.get(name) != other.get(name) and name.rsplit(" › ", 1)[-1] not in BESIDE
    ]


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    if isinstance(value, Mapping):
        pairs = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list):
        pairs = [(str(number), each) for number, each in enumerate(value, start=1)]
    else:
        return {name: value}
    before = f"{name} › " if name else ""
    return {key: each for part, item in pairs for key, each in _flat(item, before + part).items()}


def _before(folder: Path, *, again: bool) -> dict[str, Any] | None:
    """What an earlier run in the folder was of."""
    whole = [f"{name}.parquet" for name in TABLES if (folder / f"{name}.parquet").exists()]
    if whole:
        raise InputError(f"{folder} holds a saved analysis that is not in pieces ({whole[0]}). Name another folder.")
    if others := strangers(folder):
        raise InputError(
            f"{folder} holds {others[0].relative_to(folder)}, but no {RUN} that says of which run it is. Name another "
            "folder, or empty this one."
        )
    if not in_pieces(folder):
        return None
    if again:
        remove_pieces(folder)
        return None
    return read_json(folder / RUN)


def _about(source: Source, before: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The files, with their hashes; that of one which nobody wrote to since isn't worked out again."""
    known = {
        (each.get("file"), each.get("bytes"), each.get("changed")): each.get("sha256")
        for each in (before or {}).get("source", [])
        if isinstance(each, dict)
    }
    return [
        {
            "file": file.below,
            "rows": file.n_rows,
            "bytes": file.bytes,
            "changed": file.changed,
            "sha256": known.get((file.below, file.bytes, file.changed)) or source_hash(file),
        }
        for file in source.files
    ]
