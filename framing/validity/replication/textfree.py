"""Tables without a word of the articles: what is kept is kept by name, the rest is hashed, numbered or left out."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from framing.analysis.schemas import SCHEMAS
from framing.analysis.storing import FRAMED
from framing.corpus.columns import DATE, STRING, clipped
from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.replication.hashing import corpus_key, hashed
from framing.validity.replication.quoting import RUN, quoting, words_of
from framing.validity.replication.schema import NAME, NUMBER, Keep, is_known, keep_of
from framing.validity.units import SHARE_OF_FRAME

ACCOUNT: Schema = {"table": "string", "column": "string", "status": "string", "n_hashed": "Int64", "why": "string"}
KEPT, HASHED, PARTLY, CODED, LEFT_OUT = "kept", "hashed", "partly hashed", "numbered", "left out"
UNKNOWN = "not known to be free of article text"
GUESSED = "hashes need the articles, which were not given, or they could be guessed"
_PLAIN = re.compile(r"[A-Za-z_][\w .-]{0,39}")
# The lemma of an expression, and where it stands.
_PLACES = {"attributions": ("cue_start", "cue_end", "cue_lemma"), "hedges": ("start", "end", "lemma")}


@dataclass(slots=True)
class Cleaner:
    """Takes the words out of tables, and keeps account of what it did with each column.

    `keys` are those of the articles (see `article_keys`); without them words are left out and names numbered as they
    come. `texts` is the corpus, where it is known, by which names are checked; `asked` are columns of the article table
    that the comparison needs, with what is kept of them.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    texts: pd.DataFrame | None = None
    anonymous_ids: bool = False
    asked: Mapping[str, Keep] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    account: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    key: str = ""

    def __post_init__(self) -> None:
        self.key = corpus_key(self.keys) if self.keys else ""

    def name_articles(self, articles: pd.DataFrame) -> None:
        """Decide whether ids and events are kept, or numbered in their order, which the results may depend on."""
        self.ids = frozenset(_strings(articles["article_id"]))
        if self.anonymous_ids or quoting(self.ids, self.texts):
            self.codes["article_id"] = _numbered("a", self.ids)
        for column in articles:
            if self._keep("articles", str(column)) == NAME and column != "outlet":
                names = set(_strings(articles[column]).dropna())
                if self.anonymous_ids or quoting(names, self.texts):
                    self.codes[str(column)] = _numbered("e", names)
        self._check_names("outlet", _strings(articles["outlet"]).dropna())

    def clean(self, name: str, table: pd.DataFrame, chains: "pd.Series[bool] | None" = None) -> pd.DataFrame:
        """Give the table as it may leave the house, in rows sorted by article.

        `chains` are the rows whose entries stand side by side (see `side_by_side`).
        """
        if chains is None:
            chains = pd.Series(False, index=table.index)
        # First of all, so that no number that is given depends on the order of the corpus.
        order = table["article_id"].astype(STRING).argsort(kind="stable").to_numpy()
        table, chains = table.iloc[order].reset_index(drop=True), chains.iloc[order].reset_index(drop=True)
        columns: dict[str, pd.Series] = {}
        for column in map(str, table.columns):
            keep = self._keep(name, column)
            made = None if keep is None else self._column(name, table, column, keep, chains)
            if made is None:
                self._note(name, column, LEFT_OUT, None, UNKNOWN)
            else:
                columns[column] = made
        cleaned = pd.DataFrame({c: values.array for c, values in columns.items()})
        for column in SCHEMAS.get(name, ()):
            if column not in cleaned:
                cleaned[column] = pd.NA
        return cleaned

    def accounted(self) -> pd.DataFrame:
        """Give the account: one row a table and column, with `status`, `n_hashed` values and `why`."""
        return as_table(self.account, ACCOUNT)

    def _keep(self, table: str, column: str) -> Keep | None:
        if table == FRAMED and column.startswith("p_"):
            # The probabilities of a frame correct its share; of frames that aren't compared nothing is needed.
            return NUMBER if SHARE_OF_FRAME + column.removeprefix("p_") in self.asked else None
        return (self.asked.get(column) if table == "articles" else None) or keep_of(table, column)

    def _column(
        self, table: str, rows: pd.DataFrame, column: str, keep: Keep, chains: "pd.Series[bool]"
    ) -> pd.Series | None:
        values = rows[column]
        if keep.kind in ("number", "day", "spans"):
            made = _MAKE[keep.kind](values)
            if made is not None:
                self._note(table, column, KEPT)
            return made
        strings = _strings(values)
        if keep.kind == "hashed_words":
            return self._words(table, column, strings, rows["article_id"].astype(STRING))
        if keep.kind == "hashed_name":
            self._note(table, column, HASHED if self.keys else CODED, int(strings.notna().sum()))
            return _mapped(strings, self._hashed)
        if keep.kind in ("id", "part_id", "name", "metric", "code"):
            return self._named(table, column, strings, keep.kind)
        return self._checked(table, column, strings, keep, chains)

    def _named(self, table: str, column: str, strings: pd.Series, kind: str) -> pd.Series:
        """Keep names, or put numbers in their place; what should be an article's id and isn't is hashed."""
        if kind in ("id", "part_id"):
            made = _mapped(strings, lambda value: self._id(value, kind))
            n = int(made.str.startswith("#").sum())
            whole = CODED if "article_id" in self.codes else KEPT
            self._note(table, column, PARTLY if n else whole, n or None)
            return made
        codes = _numbered(column[0], strings.dropna()) if kind == "code" else self.codes.get(column)
        if codes is None:
            self._check_names(column, strings.dropna())
        self._note(table, column, KEPT if codes is None else CODED)
        return strings if codes is None else _mapped(strings, codes.__getitem__)

    def _id(self, value: str, kind: str) -> str:
        # An attribution's id is "article:field:a7", and an article's id may have colons too.
        article, *rest = value.rsplit(":", 2) if kind == "part_id" else [value]
        if article not in self.ids or (rest and not re.fullmatch(r"(text|title):[ah]\d+", ":".join(rest))):
            return self._hashed(value)
        return ":".join([self.codes.get("article_id", {}).get(article, article), *rest])

    def _checked(self, table: str, column: str, strings: pd.Series, keep: Keep, chains: "pd.Series[bool]") -> pd.Series:
        """Keep the values that are known, hash the others."""
        if keep.kind == "cue_rule":
            strings = _mapped(strings, lambda value: value.partition("; source")[0])
        known = pd.Series([pd.isna(value) or is_known(value, keep) for value in strings], strings.index)
        if keep.kind != "one_of":
            known &= ~chains | strings.isna()
        n = int((~known).sum())
        self._note(table, column, PARTLY if n else KEPT, n or None)
        return strings.where(known, _mapped(strings, self._hashed))

    def _words(self, table: str, column: str, strings: pd.Series, articles: pd.Series) -> pd.Series:
        """Hash words with the key of their article."""
        if not self.keys:
            self._note(table, column, LEFT_OUT, None, GUESSED)
            return strings.mask(strings.notna())
        self._note(table, column, HASHED, int(strings.notna().sum()))
        pairs = zip(strings, articles, strict=True)
        made = [pd.NA if pd.isna(value) else hashed(value, self.keys[article]) for value, article in pairs]
        return pd.Series(pd.array(made, dtype=STRING), index=strings.index)

    def _hashed(self, value: str) -> str:
        return hashed(value, self.key) if self.keys else self.numbers.setdefault(value, f"#{len(self.numbers) + 1}")

    def _check_names(self, column: str, names: Iterable[str]) -> None:
        quoted = sorted(quoting(names, self.texts))
        if quoted:
            how = "are words of an article" if self.texts is not None else "could be words of an article (give corpus=)"
            raise InputError(
                f"{column} {clipped(quoted[0])!r} has {RUN} words in a row that {how}, and none may go into a "
                "replication package. Give it a shorter name before you compare."
            )

    def _note(self, table: str, column: str, status: str, n_hashed: int | None = None, why: str = "") -> None:
        plain = _PLAIN.fullmatch(column) and len(words_of(column)) < RUN
        known = self._keep(table, column) is not None
        self.account.append(
            {
                "table": table,
                # The name of a column may be anything, a headline for instance.
                "column": column if known or plain else f"(a name of {len(words_of(column))} words)",
                "status": status,
                "n_hashed": n_hashed,
                "why": why or None,
            }
        )


def side_by_side(tables: Mapping[str, pd.DataFrame]) -> "dict[str, pd.Series[bool]]":
    """Tell the rows whose lexicon entries stand side by side in the text, so that together they'd quote it.

    An entry alone is shorter than five words. "May" and "perhaps" and "seem" one behind the other, each with its
    offsets, would be read as a run; where such a run is of five words or more, its rows lose their entries.

    Examples
    --------
    >>> hedges = pd.DataFrame({"article_id": "1", "field": "text", "start": [0, 4, 12, 40], "end": [3, 11, 28, 43],
    ...                        "lemma": ["may", "perhaps", "remain to be seen", "may"]})
    >>> side_by_side({"hedges": hedges})["hedges"].tolist()
    [True, True, True, False]
    """
    names = ["article_id", "field", "start", "end", "lemma"]
    parts = [
        tables[name][["article_id", "field", *columns]]
        .set_axis(names, axis=1)
        .assign(table=name, row=tables[name].index)
        for name, columns in _PLACES.items()
        if name in tables
    ]
    spans = pd.concat(parts, ignore_index=True).dropna().sort_values(names, kind="stable", ignore_index=True)
    article = spans.groupby(["article_id", "field"], sort=False)
    reach = article["end"].cummax().groupby([spans["article_id"], spans["field"]], sort=False).shift()
    # Between two words stands a blank, or a comma and a blank; three characters may be a word.
    is_first = (spans["start"] > reach + 2).fillna(True).astype(bool) | (article.cumcount() == 0)
    n_words = spans["lemma"].map(lambda text: len(words_of(str(text)))).mask(spans.duplicated(names[:4]), 0)
    long = n_words.groupby(is_first.cumsum()).transform("sum") >= RUN
    return {
        name: pd.Series(tables[name].index.isin(spans.loc[long & (spans["table"] == name), "row"]), tables[name].index)
        for name in _PLACES
        if name in tables
    }


def _strings(values: pd.Series) -> pd.Series:
    strings = values.astype(STRING).str.strip()
    return strings.mask(strings == "")


def _mapped(strings: pd.Series, make: Callable[[str], str]) -> pd.Series:
    made = [pd.NA if pd.isna(value) else make(value) for value in strings]
    return pd.Series(pd.array(made, dtype=STRING), index=strings.index)


def _numbered(letter: str, names: Iterable[str]) -> dict[str, str]:
    """Number names in their order, so that sorting gives the same as before."""
    ordered = sorted(set(names))
    width = len(str(len(ordered)))
    return {name: f"{letter}{number:0{width}d}" for number, name in enumerate(ordered, start=1)}


def _number(values: pd.Series) -> pd.Series | None:
    """A column of numbers or of yes and no; None when it has anything else."""
    kind = getattr(values.dtype, "kind", "O")
    if kind in "biuf":
        dtype: Any = {"b": "boolean", "f": "Float64"}.get(kind, "Int64")
        return values.astype(dtype)
    spelt = [{"true": True, "false": False}.get(str(each).lower(), each) for each in values]
    if all(each is True or each is False or pd.isna(each) for each in spelt):
        return pd.Series(pd.array([None if pd.isna(each) else each for each in spelt], dtype="boolean"), values.index)
    return None


def _day(values: pd.Series) -> pd.Series | None:
    return values.astype(DATE).dt.normalize() if getattr(values.dtype, "kind", "O") == "M" else None


def _spans(values: pd.Series) -> pd.Series:
    spans = [[[int(start), int(end)] for start, end in row] for row in values]
    return pd.Series(spans, index=values.index, dtype=object)


_MAKE = {"number": _number, "day": _day, "spans": _spans}
