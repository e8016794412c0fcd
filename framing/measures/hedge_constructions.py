"""The constructions that tell a hedge from its look-alikes, in the order they are tried: special before general.

Each is a function that looks at an expression (its first and last token) in a parse and says whether it stands in the
construction, and then what is hedged.
"""

from framing.measures import hedge_clauses as clauses
from framing.measures import hedge_codebook as codebook
from framing.measures import hedge_words as words
from framing.measures.hedge_fit import Construction

ORDER: tuple[Construction, ...] = (
    words.name,
    *clauses.MODALS,
    *clauses.MARKS,
    *codebook.CODEBOOK,
    *words.WORDS,
    words.anywhere,
)
CONSTRUCTIONS: dict[str, Construction] = {construction.__name__: construction for construction in ORDER}
