"""What an entry of a sentiment lexicon says: positive, negative, how strongly, and which of these its file means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from framing.errors import InputError
from framing.lexicons.loading import Lexicon

NEGATED = "neg_"  # LSD2015's neg_positive ("not good") is negative, its neg_negative ("not bad") positive


@dataclass(frozen=True, slots=True)
class Polarity:
    """Sides of an entry, and its weight from -1 to 1 where the lexicon has weights.

    A word that a lexicon calls both positive and negative has both sides.
    """

    positive: bool
    negative: bool
    weight: float | None


def polarities(
    lexicon: Lexicon, *, positive: Sequence[str] | None = None, negative: Sequence[str] | None = None
) -> dict[str, Polarity]:
    """Read the polarity of each pattern of a sentiment lexicon.

    Parameters
    ----------
    lexicon : Lexicon
        With a column `pattern`, and `weight` or `category`. Weights need `midpoint`, `minimum` and `maximum` in the
        lexicon's metadata: what is neutral isn't guessed.
    positive, negative : sequence of str, optional
        Categories of either side, in any case; by default those that the metadata names (``positive = ["joy"]`` in the
        TOML), else ``positive`` and ``negative``. One that begins with ``neg_`` counts for the other side.

    Returns
    -------
    dict of str to Polarity
        Patterns in lower case. A weight is its distance from the midpoint as a share of the largest there can be on
        its side.

    Raises
    ------
    InputError
        If a column or a number of the scale is missing, a weight lies outside the scale, a pattern has two weights, or
        no entry is of either side.

    Examples
    --------
    >>> import pandas as pd
    >>> entries = pd.DataFrame({"pattern": ["joy*", "war"], "weight": ["8", "2"]})
    >>> scale = {"minimum": 1, "midpoint": 5, "maximum": 9}
    >>> [(p, v.positive, v.weight) for p, v in polarities(Lexicon("mine", entries, scale, "")).items()]
    [('joy*', True, 0.75), ('war', False, -0.75)]
    """
    if "pattern" not in lexicon.entries:
        columns = ", ".join(map(str, lexicon.entries.columns))
        raise InputError(
            f"lexicon {lexicon.name} has no column 'pattern'; it has: {columns}. Rename the one that holds the words"
        )
    if "weight" in lexicon.entries:
        return _by_weight(lexicon)
    if "category" in lexicon.entries:
        up, down = (_side(lexicon, name, given) for name, given in (("positive", positive), ("negative", negative)))
        return _by_category(lexicon, up, down)
    raise InputError(
        f"lexicon {lexicon.name} has no column 'weight' or 'category', so that nothing says which words are positive. "
        "Add one of them"
    )


def _side(lexicon: Lexicon, name: str, given: Sequence[str] | None) -> Sequence[str]:
    if given is not None:
        return given
    named = lexicon.metadata.get(name, [name])
    if not isinstance(named, list) or not all(isinstance(category, str) for category in named):
        raise InputError(
            f'{lexicon.name}.toml has {name} = {named!r}; write the names of categories: {name} = ["{name}"]'
        )
    return named


def _by_category(lexicon: Lexicon, positive: Iterable[str], negative: Iterable[str]) -> dict[str, Polarity]:
    sides = {name.lower(): side for side, names in ((1, positive), (-1, negative)) for name in names}
    sides |= {f"{NEGATED}{name}": -side for name, side in sides.items()}
    found: dict[str, set[int]] = {}
    for pattern, category in zip(lexicon.entries["pattern"], lexicon.entries["category"], strict=True):
        if (side := sides.get(category.lower())) and pattern.strip():
            found.setdefault(pattern.strip().lower(), set()).add(side)
    if not found:
        categories = ", ".join(sorted(set(lexicon.entries["category"]))[:12])
        raise InputError(
            f"lexicon {lexicon.name} has no category named {' or '.join(sides)}; it has: {categories}. "
            "Name the two sides, here or in the TOML beside the file: positive=[…], negative=[…]"
        )
    return {pattern: Polarity(1 in sides, -1 in sides, None) for pattern, sides in found.items()}


def _by_weight(lexicon: Lexicon) -> dict[str, Polarity]:
    low, middle, high = _scale(lexicon.name, lexicon.metadata)
    found: dict[str, float] = {}
    for number, (pattern, text) in enumerate(zip(lexicon.entries["pattern"], lexicon.entries["weight"], strict=True)):
        key = pattern.strip().lower()
        if not text.strip() or not key:
            continue
        weight = _number(text, lexicon.name, number)
        if not low <= weight <= high:
            raise InputError(
                f"lexicon {lexicon.name} gives {pattern!r} the weight {text}, but its scale is {low} to {high}"
            )
        if found.setdefault(key, weight) != weight:
            raise InputError(
                f"lexicon {lexicon.name} gives {key!r} two weights, {found[key]:g} and {weight:g}. Keep one"
            )
    scaled = {key: (w - middle) / (high - middle if w > middle else middle - low) for key, w in found.items()}
    if not any(scaled.values()):
        raise InputError(f"lexicon {lexicon.name} has no weight other than its midpoint {middle:g}, so nothing counts")
    return {key: Polarity(weight > 0, weight < 0, weight) for key, weight in scaled.items()}


def _number(text: str, name: str, row: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"lexicon {name} has the weight {text!r} in entry {row + 1}, which is no number") from None


def _scale(name: str, metadata: Mapping[str, object]) -> tuple[float, float, float]:
    numbers = [metadata.get(key) for key in ("minimum", "midpoint", "maximum")]
    known = [float(n) for n in numbers if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(known) != len(numbers) or not known[0] < known[1] < known[2]:
        raise InputError(
            f"lexicon {name} has weights, but no scale that says which are positive. Write it into {name}.toml "
            "beside the file: minimum = -4, midpoint = 0, maximum = 4"
        )
    return known[0], known[1], known[2]
