"""Which outlets are set against which."""

from dataclasses import dataclass

import pandas as pd

from framing.corpus.columns import clipped, shown
from framing.errors import InputError

REST = "rest"
PAIRWISE = "pairwise"
ALL, EACH_OTHER = "all outlets", "each other"  # the sides of a joint test, which has no difference


@dataclass(frozen=True, slots=True)
class Contrast:
    """One outlet against one other, or against all others (`versus` is then ``rest``); sides are outlet numbers."""

    outlet: str
    versus: str
    left: int
    right: tuple[int, ...]


def contrasts(outlets: tuple[str, ...], contrast: str) -> list[Contrast]:
    """List the contrasts in alphabetic order, so that the order of the rows decides nothing.

    Examples
    --------
    >>> [(c.outlet, c.versus) for c in contrasts(("Courier", "Herald", "Wire"), "pairwise")]
    [('Courier', 'Herald'), ('Courier', 'Wire'), ('Herald', 'Wire')]
    >>> [(c.outlet, c.versus) for c in contrasts(("Courier", "Herald", "Wire"), "Herald")]
    [('Courier', 'Herald'), ('Wire', 'Herald')]
    """
    numbers = range(len(outlets))
    if contrast in (PAIRWISE, REST) and contrast in outlets:
        raise InputError(
            f"an outlet is called '{contrast}', which is also a contrast, so contrast='{contrast}' has two meanings. "
            'Rename the outlet: articles["outlet"].replace(…)'
        )
    if contrast == PAIRWISE:
        return [Contrast(outlets[a], outlets[b], a, (b,)) for a in numbers for b in numbers if a < b]
    if contrast == REST:
        return [Contrast(outlets[a], REST, a, tuple(b for b in numbers if b != a)) for a in numbers]
    if contrast in outlets:
        reference = outlets.index(contrast)
        return [Contrast(outlets[a], contrast, a, (reference,)) for a in numbers if a != reference]
    raise InputError(
        f"contrast must be 'pairwise', 'rest' or the name of an outlet; found '{clipped(str(contrast))}'. "
        f"The outlets are: {shown(outlets)}"
    )


def contrast_of(outlets: tuple[str, ...], outlet: str, versus: str) -> Contrast:
    """Find one contrast by its two sides; `versus` is ``rest`` or an outlet.

    Raises
    ------
    InputError
        If there is no such outlet on either side.

    Examples
    --------
    >>> contrast_of(("Courier", "Herald", "Wire"), "Wire", "Courier").right
    (0,)
    """
    if outlet not in outlets:
        raise InputError(f"there is no outlet '{outlet}'; there are: {shown(outlets)}")
    asked = contrasts(outlets, versus) if versus in (REST, *outlets) else []
    found = next((one for one in asked if one.outlet == outlet), None)
    if found is None or versus == PAIRWISE:
        others = [name for name in outlets if name != outlet]
        raise InputError(f"versus must be 'rest' or another outlet ({shown(others)}); found '{versus}'")
    return found


def without_joint(comparison: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows that test all outlets jointly, which have no difference to show.

    Examples
    --------
    >>> rows = pd.DataFrame({"outlet": ["all outlets", "Courier"], "versus": ["each other", "Herald"]})
    >>> without_joint(rows)["outlet"].tolist()
    ['Courier']
    """
    is_joint = (comparison["outlet"] == ALL) & (comparison["versus"] == EACH_OTHER)
    return comparison[~is_joint.fillna(False).astype(bool)]
