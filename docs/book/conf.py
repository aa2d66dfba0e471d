"""The book: the pages of this repository, where they lie, and what is generated from declarations.

Its root is the top of the repository, so that README, docs and notebooks are pages of it and not copies. `docs/check` builds it, without
a network, with every warning an error.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from myst_parser.parsers.sphinx_ import MystParser

TOP = Path(__file__).parents[2]

project = "dewpoint"
author = "The dewpoint authors"
copyright = author
root_doc = "docs/book/index"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/*.md",
    "docs/lessons/*.md",
    "docs/book/*.md",
    "docs/book/reference/*.md",
    "python/README.md",
    "python/notebooks/*.ipynb",
    "results/studies/*/README.md",
    "web/README.md",
]
# Folders without pages, so that nobody looks for some in them.
exclude_patterns = ["target", ".git", ".ci", "src", "tests", "web/dist", "web/node_modules", "benches", "scenarios", "validation"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown", ".ipynb": "notebook"}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
# Tables of generated pages are wide, and some pages begin with what is not their first heading.
suppress_warnings = ["myst.header"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_use_rtype = False
html_theme = "alabaster"
html_theme_options = {"description": "Will it last?", "page_width": "1100px", "fixed_sidebar": True}
html_sidebars = {"**": ["about.html", "searchfield.html", "navigation.html"]}
html_show_sourcelink = False
html_copy_source = False
html_extra_path: list[str] = []
highlight_language = "none"


class Notebook(MystParser):
    """A notebook as a page: its words, and its code without what it gave, which goes out of date."""

    supported = ("notebook",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        parts = []
        for cell in json.loads(inputstring)["cells"]:
            text = "".join(cell["source"])
            parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
        super().parse("\n\n".join(parts), document)


class Said(Directive):
    """What the program says: ``{said} levers`` is `dewpoint levers` as a table, ``{said} help run`` as it is printed."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"columns": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        words = self.arguments[0].split()
        if words[0] == "help":
            text = said(*words)
            return [nodes.literal_block(text, text)]
        rows = list(csv.reader(io.StringIO(said(*words, "--csv"))))
        wanted = [name.strip() for name in self.options.get("columns", "").split(",") if name.strip()]
        places = [rows[0].index(name) for name in wanted] or list(range(len(rows[0])))
        return [table([[row[place] for place in places] for row in rows])]


def said(*words: str) -> str:
    """What the program of these sources prints."""
    program = Path(os.environ.get("CARGO_TARGET_DIR", TOP / "target")) / "release" / "dewpoint"
    done = subprocess.run([program, *words], capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "100"})
    return done.stdout


def table(rows: list[list[str]]) -> nodes.table:
    """Rows, the first of them names, as a table."""
    group = nodes.tgroup(cols=len(rows[0]))
    group += [nodes.colspec(colwidth=1) for _ in rows[0]]
    for part, lines in ((nodes.thead(), rows[:1]), (nodes.tbody(), rows[1:])):
        for line in lines:
            row = nodes.row()
            row += [nodes.entry("", nodes.paragraph(text=cell)) for cell in line]
            part += row
        group += part
    made = nodes.table()
    made += group
    return made


def without_folders(app: Any, page: str, source: list[str]) -> None:
    """A link to a folder of the repository leads to no page: its name alone. One that leads nowhere stays a fault."""
    above = (TOP / page).parent

    def name(link: re.Match[str]) -> str:
        return link[1] if (above / link[2]).is_dir() else link[0]

    source[0] = re.sub(r"\[([^\]]+)\]\(([^)#:]+)\)", name, source[0])


def setup(app: Any) -> None:
    """What Sphinx asks for."""
    app.connect("source-read", without_folders)
    app.add_source_parser(Notebook)
    app.add_directive("said", Said)
