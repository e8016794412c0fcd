"""One name for each source: *Lee*, *Ann Lee* and *Ann B. Lee* of several articles are one person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

PERSON = "named_person"
NAMED = (PERSON, "named_organization")
MOST, MOST_USES = 0.9, 10  # of the uses of a last word that several bear


def one_name_each(names: Sequence[str], types: Sequence[str]) -> list[str]:
    """Give each name the one that its bearer has in all these articles.

    Persons of the same first and last word are one under their commonest spelling, unless their middle names or
    initials contradict each other. A single word is then taken for the one longer name that ends with it (see
    `full_names`), or of several the one that has nine tenths of all uses, ten at least. What isn't named (*officials*)
    keeps its wording.

    Examples
    --------
    >>> names = ["Ann Lee", "Ann B. Lee", "Lee", "Ann Lee", "Tom C. Ito", "Tom D. Ito", "Tom Ito"]
    >>> one_name_each(names, ["named_person"] * 7)
    ['Ann Lee', 'Ann Lee', 'Ann Lee', 'Ann Lee', 'Tom C. Ito', 'Tom D. Ito', 'Tom Ito']
    """
    counts = Counter(name for name, kind in zip(names, types, strict=True) if kind in NAMED)
    persons = sorted({name for name, kind in zip(names, types, strict=True) if kind == PERSON and " " in name})
    one = _by_first_and_last(persons, counts)
    spelt = [one.get(name, name) if kind in NAMED else name for name, kind in zip(names, types, strict=True)]
    longer = full_names(name for name, kind in zip(spelt, types, strict=True) if kind in NAMED)
    return [longer.get(name, name) if kind in NAMED else name for name, kind in zip(spelt, types, strict=True)]


def _by_first_and_last(persons: Iterable[str], counts: Mapping[str, int]) -> dict[str, str]:
    alike: dict[tuple[str, str], list[str]] = {}
    for name in persons:
        words = name.split()
        alike.setdefault((words[0], words[-1]), []).append(name)
    one = {}
    for spellings in alike.values():
        middles = {name: tuple(word[0] for word in name.split()[1:-1]) for name in spellings}
        groups = {middle for middle in middles.values() if middle}
        for name in spellings:
            # With several middle names the bare name could be anybody's.
            same = spellings if len(groups) < 2 else [other for other in spellings if middles[other] == middles[name]]
            one[name] = max(same, key=lambda other: (counts[other], other))
    return one


def full_names(names: Iterable[str]) -> Mapping[str, str]:
    """Map each single word to the longer name that ends with it; where several do, to a far commoner one or none.

    Examples
    --------
    >>> dict(full_names(["Lee", "Ann Lee", "Ito", "Tom Ito", "Max Ito", "NATO"]))
    {'Lee': 'Ann Lee'}
    >>> dict(full_names(["Lee", *["Ann Lee"] * 10, "Bo Lee"]))
    {'Lee': 'Ann Lee'}
    """
    counts = Counter(names)
    longer: dict[str, list[str]] = {}
    for name in sorted(counts):
        if " " in name:
            longer.setdefault(name.split()[-1], []).append(name)
    meant = {name: _far_commonest(longer[name], counts) for name in sorted(counts) if name in longer}
    return {name: one for name, one in meant.items() if one is not None}


def _far_commonest(names: Sequence[str], counts: Mapping[str, int]) -> str | None:
    first = max(names, key=lambda name: (counts[name], name))
    uses = sum(counts[name] for name in names)
    return first if len(names) == 1 or (counts[first] >= MOST_USES and counts[first] >= MOST * uses) else None


def with_one_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of attributions each source's one name; rows without a name keep none.

    Examples
    --------
    >>> rows = pd.DataFrame({"source_name": ["Lee", "Ann Lee", pd.NA], "source_type": ["named_person"] * 2 + ["none"]})
    >>> with_one_name(rows)["source_name"].tolist()
    ['Ann Lee', 'Ann Lee', <NA>]
    """
    is_known = rows["source_name"].notna().to_numpy()
    known = rows[is_known]
    names = rows["source_name"].astype("string").to_numpy(dtype=object)
    names[is_known] = one_name_each(list(map(str, known["source_name"])), list(map(str, known["source_type"])))
    return rows.assign(source_name=pd.array(names, dtype="string"))
