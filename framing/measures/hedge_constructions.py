"""The constructions that tell a hedge from its look-alikes, in the order they are tried: special before general.

Each is a function that looks at an expression (its first and last token) in a parse and says whether it stands in the
construction, and then what is hedged.
"""

from framing.measures import (
    hedge_certainty,
    hedge_hearsay,
    hedge_marks,
    hedge_modals,
    hedge_nominals,
    hedge_quantities,
    hedge_sources,
    hedge_verbs,
)
from framing.measures.hedge_fit import Construction

ORDER: tuple[Construction, ...] = (
    hedge_modals.modal_in_title,
    hedge_nominals.name,
    *hedge_modals.MODALS,
    *hedge_marks.MARKS,
    *hedge_certainty.CERTAINTY,
    *hedge_quantities.QUANTITIES,
    *hedge_hearsay.HEARSAY,
    *hedge_sources.SOURCES,
    *hedge_verbs.VERBS,
    *hedge_nominals.NOMINALS,
    hedge_nominals.anywhere,
)
CONSTRUCTIONS: dict[str, Construction] = {construction.__name__: construction for construction in ORDER}
