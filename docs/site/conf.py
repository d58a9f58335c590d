"""How `make docs-site` builds the pages: Sphinx with Furo and MyST, from the repository's root.

What the pages say is in the Markdown files and the docstrings; `pages` derives the rest from them:
the order of the sidebar from the index pages, and a page for each public name.
"""

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import pages  # noqa: E402  it stands beside this file

import support_sla  # noqa: E402

project = "support_sla"
author = "The support_sla founders"
release = version = support_sla.__version__
html_title = f"support_sla {release}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
root_doc = "README"
include_patterns = [
    "*.md",
    "docs/**/*.md",
    "docs/reference/generated/*.rst",
    "*/README.md",
    "examples/*/README.md",
]
exclude_patterns = ["build/**", ".[a-z]*/**"]
templates_path = [str(HERE / "templates")]

html_theme = "furo"
html_additional_pages = {"index": "start.html"}
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]

myst_heading_anchors = 4
default_role = "py:obj"  # a name in a docstring's backticks is a link where it is a public one
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"
autodoc_typehints_format = "short"
autosummary_generate = [str(pages.write_names(ROOT))]
autosummary_context = {"pages": pages.contents_of_pages(ROOT)}


def setup(app: Any) -> None:  # noqa: ANN401  Sphinx, which the linters' environment may lack
    """Let `pages` take part in the build."""
    app.connect("builder-inited", pages.report_unlisted)
    app.connect("source-read", pages.add_sidebar)
    app.connect("autodoc-process-signature", pages.shorten_signature)
    app.connect("doctree-read", pages.end_code_with_its_last_line)
    app.connect("missing-reference", pages.find_public_name)
