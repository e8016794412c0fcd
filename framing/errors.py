"""The one kind of error that a user's mistake raises."""


class InputError(ValueError):
    """Raised when the input can't be used as it is; the message says what to do about it."""
