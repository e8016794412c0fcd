"""Who a source is: one name for all its mentions, and which of seven kinds it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.attribution.people import GENDER, GROUP, ORGANIZATION, PERSON, People, word_kinds

DOCUMENT, ANONYMOUS, UNNAMED, NONE = "document", "anonymous", "unnamed_person", "none"
RELATIVES = {"who", "that", "which", "whom", "whose"}
PLURAL_TAGS = {"NNS", "NNPS"}


@dataclass(frozen=True, slots=True)
class Source:
    """A resolved source: its one name (None when it has none), its kind, and how the name was found."""

    name: str | None
    kind: str
    rule: str


NAMING = ("compound", "poss", "nmod", "amod")
LOOK_BACK = 3  # sentences before a pronoun in which its person is looked for
NOBODY = Source(None, NONE, "none")


def _head(parse: Parse, tokens: set[int]) -> int:
    """The word that the others hang on."""
    return min(t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t)


class Sources:
    """Resolves the sources of one article in text order, since pronouns look back."""

    def __init__(self, parse: Parse, people: People, mentions: Sequence[set[int]]) -> None:
        self._parse, self._people = parse, people
        self._persons: list[str] = []  # persons heard or named as a subject, the last one last
        self._group: Source | None = None
        holders = self._role_holders()
        wanted = [name for role in self._roles_asked(mentions) for _, name in holders.get(role, ())]
        people.learn_kinds([*self._names_in(mentions), *self._subjects_before(mentions), *wanted])
        # "spokesman" -> Dmitry Peskov, and where it is said that he is
        self._holders = {
            role: [(t, name) for t, name in found if people.kinds.get(name) == PERSON]
            for role, found in holders.items()
        }
        self._seen = 0

    def _names_in(self, mentions: Sequence[set[int]]) -> list[str]:
        spoken = (t for tokens in mentions for t in sorted(tokens | self._behind_relative(tokens)))
        names = (self._people.name_at(t) for t in spoken)
        return [n for n in names if n is not None]

    def _behind_relative(self, tokens: set[int]) -> set[int]:
        found = (self._antecedent_tokens(t) for t in tokens if self._parse.lower[t] in RELATIVES)
        return set().union(*found)

    def _subjects_before(self, mentions: Sequence[set[int]]) -> list[str]:
        """Names among the subjects of the sentences that a pronoun may look back to."""
        parse = self._parse
        sentences: set[int] = set()
        for tokens in mentions:
            if any(parse.tag[t] == "PRP" for t in tokens):
                here = parse.sentence[min(tokens)]
                sentences.update(range(max(0, here - LOOK_BACK), here + 1))
        tokens_there = (t for n in sorted(sentences) for t in range(*parse.sentences[n]))
        names = (self._people.name_at(t) for t in tokens_there if self._is_named_subject(t))
        return [n for n in names if n is not None]

    def _is_named_subject(self, token: int) -> bool:
        return self._parse.dep[token] in ("nsubj", "nsubjpass") and self._parse.tag[token] == "NNP"

    def resolve(self, tokens: set[int]) -> Source:
        """The source that these tokens (a noun phrase) mention."""
        if not tokens:
            return NOBODY
        parse = self._parse
        head = _head(parse, tokens)
        self._look_back(head)
        source = self._of(head, tokens)
        if source.kind == PERSON and source.name:
            self._heard(source.name)
        elif source.kind in (GROUP, ORGANIZATION):
            self._group = source
        return source

    def _of(self, head: int, tokens: set[int]) -> Source:
        parse = self._parse
        if parse.lower[head] in RELATIVES and parse.tag[head] in ("WP", "WDT", "WP$", "IN", "DT"):
            return self._antecedent(head)
        if parse.tag[head] in ("PRP", "PRP$"):
            return self._pronoun(parse.lower[head])
        named = self._named(head, tokens)
        return named or self._described(head, tokens)

    def _antecedent(self, relative: int) -> Source:
        """`the minister, who said …`: the noun that the relative clause hangs on."""
        tokens = self._antecedent_tokens(relative)
        if not tokens:
            return Source(None, UNNAMED, "relative pronoun without its noun")
        return self._of(_head(self._parse, tokens), tokens)

    def _antecedent_tokens(self, relative: int) -> set[int]:
        parse, here = self._parse, relative
        for _ in range(4):
            if parse.dep[here] == "relcl":
                noun = parse.head[here]
                return {t for t in range(parse.first[noun], relative) if t <= noun or parse.dep[t] == "appos"} | {noun}
            here = parse.head[here]
        return set()

    def _pronoun(self, form: str) -> Source:
        if form in GENDER:
            # Whoever was named or heard last and isn't known to be of the other gender.
            fitting = (n for n in reversed(self._persons) if self._people.gender.get(n, GENDER[form]) == GENDER[form])
            name = next(fitting, None)
            return Source(name, PERSON if name else UNNAMED, f"{form} → the person named or heard last")
        if form in ("they", "them", "their", "it", "its") and self._group:
            return Source(self._group.name, self._group.kind, f"{form} → the group heard last")
        if form in ("i", "me", "my", "you", "your"):
            return Source(None, UNNAMED, form)
        return Source(None, GROUP, form)

    def _named(self, head: int, tokens: set[int]) -> Source | None:
        """A proper name at the head, or in apposition: `a spokeswoman, Ann Lee,`."""
        parse = self._parse
        apposed = [t for t in sorted(tokens) if parse.dep[t] == "appos" and t > head]
        institution = parse.lemma[head] in word_kinds()["organization"]
        for token in (head, *apposed):
            name = self._people.name_at(token)
            if name is None:
                continue
            if self._all_titles(name):
                return self._described(token, tokens)
            kind = self._people.kinds[name]
            if token != head and kind != PERSON and not institution:
                continue
            if kind == GROUP:
                return Source(name, GROUP, "plural name")
            return Source(name, kind, "name" if token == head else "name in apposition")
        return None

    def _all_titles(self, name: str) -> bool:
        kinds = word_kinds()
        return all(w in kinds["office"] for w in name.lower().split())

    def _described(self, head: int, tokens: set[int]) -> Source:
        """A common noun: a document, an organisation with a name in it, a role, a group, somebody anonymous."""
        parse, kinds = self._parse, word_kinds()
        lemma = parse.lemma[head].lower()
        description = self._description(head, tokens)
        if lemma in kinds["anonymous"] or self._is_anonymous(tokens):
            return Source(description, ANONYMOUS, "anonymous")
        if lemma in kinds["document"]:
            return Source(description, DOCUMENT, f"{lemma}: document")
        name = next(
            (self._people.name_at(c) for c in parse.children[head] if parse.dep[c] in NAMING and c in tokens), None
        )
        if lemma in kinds["organization"] and name:
            return Source(description, ORGANIZATION, f"{lemma}: organization with a name")
        behind = self._organization_behind(head, tokens) if lemma in kinds["speaks_for"] else None
        if behind:
            return Source(behind, ORGANIZATION, f"{lemma} speaks for an organization")
        if lemma in kinds["organization"] and parse.tag[head] == "NN" and self._is_definite(head, tokens):
            named = self._organization_called(lemma)
            if named:
                return Source(named, ORGANIZATION, f"the {lemma} → the organization named before")
        if parse.tag[head] in PLURAL_TAGS or lemma in kinds["organization"] or self._is_coordinated(head, tokens):
            return Source(description, GROUP, f"{lemma}: group")
        if parse.lower[head] in kinds["unnamed_plural_pronoun"]:
            return Source(description, GROUP, f"{lemma}: group")
        person = self._holder(lemma, head) if self._is_definite(head, tokens) else None
        if person:
            return Source(person, PERSON, f"the {lemma} → the one named with that role")
        return Source(description, UNNAMED, f"{lemma}: role")

    def _organization_behind(self, head: int, tokens: set[int]) -> str | None:
        """`a Southwest spokesperson`, `a spokesman for the Harbour Union`: the organisation named with a role."""
        parse = self._parse
        below = [c for c in parse.children[head] if c in tokens]
        below += [g for c in below if parse.dep[c] == "prep" for g in parse.children[c]]
        names = (self._people.name_at(t) for t in below if parse.dep[t] in (*NAMING, "pobj"))
        return next((n for n in names if n is not None and self._people.kinds.get(n) == ORGANIZATION), None)

    def _organization_called(self, lemma: str) -> str | None:
        """The organisation with this word in its name (the department), or else the one that was heard last."""
        called = [n for n, kind in self._people.kinds.items() if kind == ORGANIZATION and lemma in n.lower().split()]
        if called:
            return called[0]
        last = self._group
        return last.name if last is not None and last.kind == ORGANIZATION else None

    def _description(self, head: int, tokens: set[int]) -> str | None:
        """The phrase up to its head without articles: `a senior official` and `the senior official` are one source."""
        parse = self._parse
        first = min((t for t in tokens if t <= head), default=head)
        words = [
            parse.lower[t]
            for t in range(first, head + 1)
            if parse.tag[t] not in ("DT", "PRP$", "PDT") and parse.is_word(t)
        ]
        return " ".join(words) or None

    def _is_anonymous(self, tokens: set[int]) -> bool:
        parse = self._parse
        start, end = parse.sentence_span(parse.sentence[min(tokens)])
        own = parse.text[parse.start[min(tokens)] : parse.end[max(tokens)]].lower()
        sentence = parse.text[start:end].lower()
        phrases = word_kinds()["anonymity"]
        return any(p in own for p in phrases) or any(p in sentence for p in phrases if "anonym" in p or "named" in p)

    def _is_coordinated(self, head: int, tokens: set[int]) -> bool:
        return any(self._parse.dep[c] == "conj" and c in tokens for c in self._parse.children[head])

    def _is_definite(self, head: int, tokens: set[int]) -> bool:
        parse = self._parse
        return any(
            c in tokens and (parse.lower[c] in ("the", "that", "this") or parse.tag[c] == "PRP$")
            for c in parse.children[head]
        )

    def _look_back(self, upto: int) -> None:
        """Remember the last person who was a subject before `upto`."""
        for token in range(self._seen, upto):
            if self._is_named_subject(token):
                name = self._people.name_at(token)
                if name and self._people.kinds.get(name) == PERSON:
                    self._heard(name)
        self._seen = max(self._seen, upto)

    def _heard(self, name: str) -> None:
        if name in self._persons:
            self._persons.remove(name)
        self._persons.append(name)

    def _holder(self, role: str, head: int) -> str | None:
        """Who was last named with this role before `head`, or else first after it."""
        held = self._holders.get(role, [])
        before = [name for token, name in held if token <= head]
        return before[-1] if before else next((name for _, name in held), None)

    def _roles_asked(self, mentions: Sequence[set[int]]) -> list[str]:
        """Roles by which some source is called without a name."""
        heads = (_head(self._parse, tokens) for tokens in mentions if tokens)
        return sorted({self._parse.lemma[h] for h in heads if self._parse.pos[h] == "NOUN"})

    def _role_holders(self) -> dict[str, list[tuple[int, str]]]:
        """Where it is said who has a role: `Dmitry Peskov, Putin's spokesman,`, `spokeswoman Ann Lee`, `Judge Ito`."""
        parse, people = self._parse, self._people
        found: dict[str, list[tuple[int, str]]] = {}
        for title, numbers in people.titles.items():
            found[title] = [(people.mentions[n].first, people.canonical[n]) for n in numbers]
        for token in range(len(parse)):
            if parse.tag[token] == "NN":
                for other in (parse.head[token], *(c for c in parse.children[token] if parse.dep[c] == "appos")):
                    name = people.name_at(other) if parse.tag[other].startswith("NNP") else None
                    if name and (parse.dep[token] in ("appos", "compound", "nmod") or parse.dep[other] == "appos"):
                        found.setdefault(parse.lemma[token], []).append((token, name))
        return {role: sorted(places) for role, places in found.items()}
