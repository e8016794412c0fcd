"""Whom a pronoun stands for: who was last spoken of, with those first that a sentence was about."""

from collections.abc import Collection

from framing.language import Parse
from framing.measures.attribution.people import GENDER, PERSON, People

LOOK_BACK = 3  # sentences before a pronoun in which its person is looked for first
SUBJECTS = ("nsubj", "nsubjpass")


def is_named_subject(parse: Parse, token: int) -> bool:
    """Whether the token is a proper name as the subject of some clause."""
    return parse.dep[token] in SUBJECTS and parse.tag[token] == "NNP"


class Salience:
    """The persons of a text in the order in which it came to them.

    The subject of a main clause outranks that of a clause below it or in somebody's words: in "Fox doubted that
    Peña would come. He said …" *he* is Fox.
    """

    def __init__(self, parse: Parse, people: People, told: Collection[int]) -> None:
        self._parse, self._people, self._told = parse, people, told
        self._main: list[tuple[str, int]] = []  # name and sentence, the last one last
        self._below: list[tuple[str, int]] = []
        self._other: list[tuple[str, int]] = []  # mentioned, but the subject of nothing
        self._seen = 0

    def read_to(self, beyond: int) -> None:
        """Take note of the subjects before a token."""
        for token in range(self._seen, beyond):
            parse = self._parse
            if parse.dep[token] not in SUBJECTS:
                self._mention(token)
                continue
            main = self._is_main(token)
            name: str | None = None
            if parse.tag[token] == "NNP":
                name = self._people.name_at(token)
                name = name if name and self._people.kinds.get(name) == PERSON else None
            elif main and parse.lower[token] in ("he", "she"):
                name = self.person(parse.lower[token], token)
            if name:
                self._note(name, token, main)
        self._seen = max(self._seen, beyond)

    def hear(self, name: str, token: int) -> None:
        """Take note of somebody who speaks."""
        self._note(name, token, True)

    def last(self, names: Collection[str]) -> str | None:
        """Who of the named was last spoken of."""
        return next((n for n, _ in reversed(self._main) if n in names), None)

    def person(self, form: str, token: int) -> str | None:
        """The person that a form of *he* or *she* at `token` stands for, if any was spoken of."""
        gender = GENDER[form]
        near = self._parse.sentence[token] - LOOK_BACK
        fits = [
            [(n, s) for n, s in reversed(names) if self._people.gender.get(n, gender) == gender]
            for names in (self._main, self._below, self._other)
        ]
        ranked = [n for names in fits for n, s in names if s >= near] + [n for names in fits for n, _ in names]
        return ranked[0] if ranked else None

    def _note(self, name: str, token: int, main: bool) -> None:
        for names in (self._main, self._below, self._other) if main else (self._below, self._other):
            names[:] = [(n, s) for n, s in names if n != name]
        (self._main if main else self._below).append((name, self._parse.sentence[token]))

    def _mention(self, token: int) -> None:
        """Take note of a person who is the subject of nothing: "It was no better for Lee. He said …"."""
        name = self._people.name_at(token)
        if name is not None and self._people.kinds.get(name) == PERSON:
            self._other[:] = [(n, s) for n, s in self._other if n != name]
            self._other.append((name, self._parse.sentence[token]))

    def _is_main(self, token: int) -> bool:
        """Whether a subject is one of a main clause, or of a clause in front of it: "When Lee won, she said …"."""
        parse = self._parse
        if token in self._told or parse.quotation[token] >= 0:
            return False
        verb = parse.head[token]
        while parse.dep[verb] == "conj" or self._is_before(verb):
            verb = parse.head[verb]
        return parse.head[verb] == verb

    def _is_before(self, verb: int) -> bool:
        """Whether a clause stands in front of the main one: "When Lee won, …", "Lee won; since then …"."""
        parse, above = self._parse, self._parse.head[verb]
        if verb > above:
            return False
        parted = parse.dep[verb] in ("ccomp", "parataxis") and ";" in parse.word[verb:above]
        return parse.dep[verb] == "advcl" or parted
