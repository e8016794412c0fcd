"""A second look at a drafted attribution: with its parts known, how probable it is that people would mark it."""

from collections.abc import Sequence

from framing.language import Parse
from framing.measures.attribution.drafts import Draft, certainty_name, speech_type
from framing.measures.attribution.shape import shape_features


def acceptance_features(parse: Parse, draft: Draft, drafts: Sequence[Draft], known: Sequence[str]) -> list[str]:
    """Names of the features that hold for a draft among all drafts of its sentence.

    `known` says of each token how often its word was a cue.
    """
    head = draft.head
    certainty = certainty_name(draft.probability)
    return [
        f"certainty={certainty}",
        f"certainty={certainty} type={speech_type(parse, draft.content)}",
        f"certainty={certainty} pos={parse.pos[head]}",
        f"word={parse.lemma[head]}:{parse.pos[head]}",
        f"prior={known[head]}",
        f"pos={parse.pos[head]}",
        f"tag={parse.tag[head]} dep={parse.dep[head]}",
        *shape_features(parse, draft, drafts, known),
    ]
