"""The pages of the reference: every public function from its docstring, and the command line from its help."""

import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import typer.main

import framing
from docs.markdown import block, code, prose, table
from framing.cli import app

# The way of the data; a package that is not named here comes last.
ORDER = ("corpus", "lexicons", "measures", "analysis", "comparison", "validity", "views")
DATASETS = "datasets"


def api_pages() -> dict[str, str]:
    """Write a page for each package that has public functions, and one that leads to them."""
    groups = api_groups()
    pages = {f"api/{group}.md": _group_page(group, names) for group, names in groups.items()}
    return {"api/index.md": _index_page(groups), **pages}


def api_groups() -> dict[str, list[str]]:
    """List the public names by package, full names, those of `framing` itself first."""
    groups: dict[str, list[str]] = {}
    for name in framing.__all__:
        thing = getattr(framing, name)
        if not inspect.ismodule(thing):
            groups.setdefault(thing.__module__.split(".")[1], []).append(f"framing.{name}")
    groups[DATASETS] = [f"framing.datasets.{name}" for name in framing.datasets.__all__]
    for group in {*groups, "lexicons"} - {DATASETS}:
        groups.setdefault(group, []).extend(_names_of_package(group))
    rank = {group: place for place, group in enumerate((ORDER[0], DATASETS, *ORDER[1:]))}
    return {group: groups[group] for group in sorted(groups, key=lambda group: (rank.get(group, len(rank)), group))}


def _names_of_package(group: str) -> Iterator[str]:
    """What a package makes public besides the names that `framing` has."""
    package = import_module(f"framing.{group}")
    for name in getattr(package, "__all__", ()):
        thing = getattr(package, name)
        at_hand = getattr(framing, name, None) is thing
        from_datasets = getattr(thing, "__module__", "").startswith("framing.corpus.datasets")
        if callable(thing) and not at_hand and not from_datasets:
            yield f"framing.{group}.{name}"


def find(name: str) -> Any:
    """Find a public thing by its full name."""
    thing: Any = framing
    for part in name.split(".")[1:]:
        thing = import_module(f"{thing.__name__}.{part}") if _is_package(thing, part) else getattr(thing, part)
    return thing


def _is_package(thing: Any, part: str) -> bool:
    return isinstance(thing, ModuleType) and not hasattr(thing, part)


def first_line(thing: Any) -> str:
    """Give the summary of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def _about(group: str) -> str:
    return first_line(framing.datasets if group == DATASETS else import_module(f"framing.{group}"))


def _index_page(groups: Mapping[str, list[str]]) -> str:
    rows = [[f"[{group}]({group}.md)", prose(_about(group)), str(len(names))] for group, names in groups.items()]
    tree = block("\n".join([":hidden:", "", *groups]), "{toctree}")
    return (
        "# Functions\n\nIn the order in which data goes through them. Everything in a first list is imported from "
        "`framing` itself; the rest from the package that its name begins with.\n\n"
        f"{table(['package', 'what lives there', 'functions'], rows)}\n{tree}"
    )


def _group_page(group: str, names: list[str]) -> str:
    rows = [[f"{{py:obj}}`{name}`", prose(first_line(find(name)))] for name in names]
    entries = "\n\n".join(_entry(name) for name in names)
    # Single backticks of the docstrings may name a function of `framing` without its package.
    return (
        f"# {group.capitalize()}\n\n{prose(_about(group))}\n\n{table(['function', 'what it does'], rows)}\n"
        f"{block('.. py:currentmodule:: framing' + chr(10) * 2 + entries, '{eval-rst}')}"
    )


def _entry(name: str) -> str:
    if inspect.isclass(find(name)):
        return f".. autoclass:: {name}\n   :members:"
    return f".. autofunction:: {name}"


def command_page() -> str:
    """Write what each command does, takes and gives, as `framing COMMAND --help` says it."""
    group: Any = typer.main.get_command(app)
    commands = "\n".join(_command(name, command) for name, command in group.commands.items())
    return (
        f"# Command line\n\n{prose(group.help)}\n\nThe same text comes from `framing --help` and `framing COMMAND "
        f"--help`. A mistake in what you type, or in the input, ends with one sentence and exit code 2.\n\n{commands}"
    )


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(["framing", name, *(p.metavar for p in arguments), "[OPTIONS]"])
    parameters = table(["name", "meaning", "default"], [_parameter(p) for p in command.params])
    return f"## framing {name}\n\n{block(usage)}\n{prose(command.help)}\n\n{parameters}"


def _parameter(parameter: Any) -> list[str]:
    if parameter.param_type_name == "argument":
        return [code(parameter.metavar), prose(parameter.help or ""), "required"]
    names = ", ".join(code(name) for name in (*parameter.opts, *parameter.secondary_opts))
    value = f" {code(parameter.metavar)}" if parameter.metavar else ""
    return [names + value, prose(parameter.help or ""), "required" if parameter.required else _default(parameter)]


def _default(parameter: Any) -> str:
    if isinstance(parameter.default, bool):
        return "yes" if parameter.default else "no"
    return "" if parameter.default in (None, [], ()) else code(str(parameter.default))
