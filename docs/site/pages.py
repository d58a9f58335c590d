"""What the site derives: the sidebar from the index pages, and a page for each public name.

Nothing is listed twice. An index page links the pages of its section in their order, and a page of
`docs/reference` lists public names in the first column of a table, as `[name](#support_sla.name)`;
both lists are read from there.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pydantic import BaseModel, RootModel
from sphinx.util.logging import getLogger

import support_sla
from support_sla import bulk, laws, strategies

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

SECTIONS = {
    "How to": "docs/how-to",
    "Reference": "docs/reference",
    "Explanation": "docs/explanation",
}
PROJECT = (
    "examples/README",
    "examples/django_helpdesk/README",
    "bench/README",
    "proofs/README",
    "CONTRIBUTING",
    "CHANGELOG",
)
PAGE_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md\)")
NAME_ROW = re.compile(r"^\| \[`[\w.]+`\]\(#(support_sla\.[\w.]+)\) \|", re.MULTILINE)
PUBLIC = {f"support_sla.{name}" for name in support_sla.__all__}
PUBLIC |= {f"support_sla.strategies.{name}" for name in strategies.__all__}
PUBLIC |= {
    f"support_sla.laws.{name}"
    for name in {*laws.__all__} - {*support_sla.__all__, *strategies.__all__}
}
PUBLIC |= {f"support_sla.bulk.{name}" for name in bulk.__all__}
LOGGER = getLogger(__name__)
KEYS_PAGE = "docs/reference/policy-file.md"


# --- The sidebar ---


def add_sidebar(app: Any, docname: str, source: list[str]) -> None:  # noqa: ANN401  Sphinx
    """Append the tables of contents that Sphinx needs; readers have the links of the pages."""
    if docname == "README":
        source[0] += "".join(_section(app.srcdir, *section) for section in SECTIONS.items())
        source[0] += _contents("Project", list(PROJECT))
    if docname.startswith("docs/reference/") and (names := NAME_ROW.findall(source[0])):
        source[0] += _contents("", [f"generated/{name}" for name in names])


def _section(root: str, caption: str, folder: str) -> str:
    """Return the contents of a section: its index page, then the pages that it links, in order."""
    text = (Path(root) / folder / "index.md").read_text("utf-8")
    linked = {page: title for title, page in reversed(PAGE_LINK.findall(text))}
    order = dict.fromkeys(page for _, page in PAGE_LINK.findall(text))
    return _contents(
        caption,
        [f"Overview <{folder}/index>", *(f"{linked[page]} <{folder}/{page}>" for page in order)],
    )


def _contents(caption: str, entries: list[str]) -> str:
    lines = ["", "", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join([*lines, "", *entries, "```", ""])


# --- The pages of names ---


def listed_names(root: Path) -> dict[str, str]:
    """Return each public name that a reference page lists, and the name of that page."""
    return {
        name: page.stem
        for page in sorted((root / "docs/reference").glob("*.md"))
        for name in NAME_ROW.findall(page.read_text("utf-8"))
        if name in PUBLIC  # what does not exist gets no page, so that its link is reported
    }


def report_unlisted(app: Any) -> None:  # noqa: ANN401  Sphinx
    """Warn of public names that no reference page lists."""
    for name in sorted(PUBLIC - listed_names(Path(app.srcdir)).keys()):
        LOGGER.warning("%s is public and listed on no page of docs/reference", name)


def write_names(root: Path) -> Path:
    """Write the list that autosummary makes pages from, and remove the pages it no longer makes."""
    names = listed_names(root)
    for page in (root / "docs/reference/generated").glob("*.rst"):
        if page.stem not in names:
            page.unlink()
    written = root / "build" / "names.rst"
    written.parent.mkdir(exist_ok=True)
    head = ".. autosummary::\n   :toctree: ../docs/reference/generated\n   :template: name.rst\n\n"
    written.write_text(head + "".join(f"   {name}\n" for name in names), "utf-8")
    return written


def contents_of_pages(root: Path) -> dict[str, dict[str, Any]]:
    """Return what the page of each name shows besides its docstring, as plain data."""
    rows = _rows_of_keys((root / KEYS_PAGE).read_text("utf-8"))
    return {name: _contents_of(name, page, rows) for name, page in listed_names(root).items()}


def _contents_of(name: str, page: str, rows: dict[tuple[str, str], str]) -> dict[str, Any]:
    module, _, attribute = name.rpartition(".")
    found = getattr(importlib.import_module(module), attribute)
    shown: dict[str, Any] = {"listed_on": page, "fields": [], "properties": [], "methods": []}
    if not inspect.isclass(found):
        return shown
    if issubclass(found, BaseModel) and not issubclass(found, RootModel):
        shown["fields"] = [_field(found, key, rows) for key in found.model_fields]
        shown["anchor"] = ANCHORS[attribute]
    else:
        shown["fields"] = [
            {"name": key, "type": _written(text, owner), "value": "", "text": ""}
            for owner in _owners(found)
            for key, text in inspect.get_annotations(owner).items()
            if not key.startswith("_") and key != "model_config"
        ]
    if issubclass(found, Exception):
        return shown
    members = {key: value for owner in _owners(found) for key, value in vars(owner).items()}
    for key, value in members.items():
        if key.startswith("_") or not inspect.getdoc(value) or key in dir(BaseModel):
            continue
        if isinstance(value, property):
            shown["properties"].append(key)
        elif inspect.isroutine(getattr(found, key)):
            shown["methods"].append(key)
    return shown


def _owners(found: type) -> list[type]:
    """Return a class and the internal ones it is made of, whose members no other page shows."""
    return [
        each
        for each in reversed(found.__mro__)
        if each is found
        or (
            each.__module__.partition(".")[0] == "support_sla"
            and each.__name__ not in support_sla.__all__
            and not issubclass(each, BaseModel)
        )
    ]


# --- The fields of models ---

ANCHORS = {
    "Policy": "the-policy",
    "HolidayCalendar": "a-calendar",
    "SpecialDay": "a-special-day",
    "Festival": "a-festival",
    "Recurring": "a-recurring-day",
    "Move": "a-moved-day",
    "FeedFilter": "a-filter-of-a-feed",
    "Department": "a-department",
    "Channel": "a-channel",
    "Hours": "hours",
    "Season": "a-season",
    "Requires": "requires",
    "Target": "a-rule",
    "WarnAt": "warnings",
    "When": "when",
    "Labels": "labels",
    "Accepted": "accepted-findings",
}
"""Where the page of the policy file has the keys of each model."""

MADE_BY_HAND = ("TicketLog", "Event")
"""The dataclasses that a reader makes, so that their pages show how."""


def _rows_of_keys(text: str) -> dict[tuple[str, str], str]:
    """Return what the page of the policy file says of each key, by the anchor of its table."""
    rows, anchor = {}, ""
    for line in text.splitlines():
        if line.startswith("#"):
            anchor = line.lstrip("# ").lower().replace(" ", "-")
        if found := re.match(r"\| `(\w+)` \| (.*?) \| ", line):
            rows[anchor, found[1]] = _as_rst(found[2])
    return rows


def _as_rst(markdown: str) -> str:
    """Return a cell as reStructuredText: links as their texts, code as code."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"`([^`]+)`", r"``\1``", text)


def _field(model: type[BaseModel], key: str, rows: dict[tuple[str, str], str]) -> dict[str, str]:
    field = model.model_fields[key]
    text = rows[ANCHORS[model.__name__], field.alias or key]
    return {
        "name": key,
        "type": type_text(field.annotation),
        "value": _default(field),
        "text": text[0].upper() + text[1:].rstrip(".") + ".",
    }


def _default(field: FieldInfo) -> str:
    """Return a field's default as it is written, or nothing for a field that must be given."""
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True)
    return "{}" if isinstance(value, Mapping) and not value else repr(value)


def type_text(annotation: Any) -> str:  # noqa: ANN401  whatever an annotation may be
    """Return an annotation as a reader would write it, without the validators in it."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return type_text(args[0])
    if origin is typing.Literal:
        return " | ".join(map(repr, args))
    if origin in (typing.Union, types.UnionType):
        return " | ".join(map(type_text, args))
    if origin is not None:
        return f"{type_text(origin)}[{', '.join(map(type_text, args))}]"
    name = "..." if annotation is ... else annotation.__name__
    name = {"NoneType": "None", "FrozenMap": "Mapping"}.get(name, name)
    return f"~datetime.{name}" if getattr(annotation, "__module__", "") == "datetime" else name


def _written(annotation: Any, owner: type) -> str:  # noqa: ANN401
    """Return an annotation that stands as text in the source; a short list of words is spelt out."""
    annotation = getattr(annotation, "__forward_arg__", annotation)
    if not isinstance(annotation, str):
        return type_text(annotation)
    alias = getattr(importlib.import_module(owner.__module__), annotation, None)
    if typing.get_origin(alias) is typing.Literal and len(typing.get_args(alias)) < 6:
        return type_text(alias)
    return _plainly(annotation)


# --- Signatures, links and code ---


def shorten_signature(  # noqa: PLR0913, PLR0917  Sphinx's own
    app: Any,  # noqa: ANN401
    what: str,
    name: str,
    obj: Any,  # noqa: ANN401
    options: Any,  # noqa: ANN401
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None] | None:
    """Return the signature without what only the machine reads."""
    del app, name, options
    if what == "exception":
        return None
    if dataclasses.is_dataclass(obj) and getattr(obj, "__name__", "") not in MADE_BY_HAND:
        return "", None  # made by the library, never by hand
    if inspect.isclass(obj) and issubclass(obj, BaseModel) and not issubclass(obj, RootModel):
        defaults = {key: _default(field) for key, field in obj.model_fields.items()}
        keys = [f"{key}={value}" if value else key for key, value in defaults.items()]
        return f"(*, {', '.join(keys)})", None
    return signature and _plainly(signature), returns and _plainly(returns)


def _plainly(text: str) -> str:
    """Return an annotation as it is written, with names of `datetime` that Sphinx shows in short."""
    return re.sub(r"\bdt\.", "~datetime.", text)


def find_public_name(app: Any, env: Any, node: Any, contnode: Any) -> Any:  # noqa: ANN401
    """Return the link to a public name that an annotation calls by the module it is written in."""
    target = str(node.get("reftarget", ""))
    if node.get("refdomain") != "py" or not target.startswith("support_sla."):
        return None
    public = f"support_sla.{target.rpartition('.')[2]}"
    found = env.domains["py"].objects.get(public)
    if found is None:
        return None
    return env.domains["py"].resolve_xref(
        env, node["refdoc"], app.builder, node["reftype"], public, node, contnode
    )


def end_code_with_its_last_line(app: Any, doctree: Any) -> None:  # noqa: ANN401  Sphinx
    """Drop the empty last line that a doctest in Markdown needs and a reader does not."""
    del app
    for block in doctree.findall(nodes.literal_block):
        block.rawsource = block.astext().rstrip("\n")
        block.children = [nodes.Text(block.rawsource)]
