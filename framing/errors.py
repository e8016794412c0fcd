"""The one kind of error that a user's mistake raises."""


class InputError(ValueError):
    """Raised when the input can't be used as it is; the message says what to do about it."""

    def _render_traceback_(self) -> list[str]:
        """What notebooks show: the sentence, not the forty lines of calls that led to it."""
        return [f"{type(self).__name__}: {self}"]


class TooFewError(InputError):
    """Raised when there is too little to compare: one outlet, or too few events or articles; nothing was mistyped."""
