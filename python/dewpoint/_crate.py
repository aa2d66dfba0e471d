"""A results folder as a research object: packed with what made it, for archives and for whoever wants to know.

Workflow Run RO-Crate, profile Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process): one run of one program, with what it
was asked and what came out. Everything said comes from ``manifest.json`` and ``columns.csv`` of the folder.
"""

from __future__ import annotations

import io
import json
import mimetypes
import zipfile
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from ._errors import FailedError, InputError

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
METADATA = "ro-crate-metadata.json"
QUESTION = "question.txt"


def pack(folder: str | Path, to: str | Path, *, licence: str, author: str | None = None) -> Path:
    """Packs a results folder as a Workflow Run RO-Crate: a zip file that says what was run, on what, and what each file is.

    The folder itself stays as it is. The same folder gives the same bytes.

    Args:
        folder: A results folder, made by ``out=`` or by the command line.
        to: The zip file, which must not be there.
        licence: Under which others may use the results: the address of a licence, or its name.
        author: Who made them, in words.

    Raises:
        InputError: When the folder holds no results, or they were changed since.
        FailedError: When the zip file is there or cannot be written.
    """
    folder, to = Path(folder), Path(to)
    manifest, files = _read(folder)
    if to.exists():
        raise FailedError(f"{to} is there already; choose another name, or move it away")
    files[QUESTION] = manifest["scenario"].encode()
    files[METADATA] = (json.dumps(_described(manifest, files, licence, author), indent=2) + "\n").encode()
    part = to.with_name(f".{to.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(files):
                # Without the time of packing, which would make other bytes of the same results.
                packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FailedError(f"cannot write {to}: {error}") from None
    return to


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and every file of a results folder, which must be as they were written."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise InputError(f"{folder}: no results folder, which has a manifest.json; make one with out=", str(folder))
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    files = {"manifest.json": path.read_bytes()}
    for name in manifest["files"]:
        # A name is that of a file in the folder, whatever a manifest says.
        file = folder / Path(name).name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != manifest["checksums"][name]:
            raise InputError(f"{file} is not what dewpoint wrote; make the results anew", str(file))
        files[name] = file.read_bytes()
    return manifest, files


def _described(manifest: dict[str, Any], files: dict[str, bytes], licence: str, author: str | None) -> dict[str, Any]:
    """The metadata as JSON-LD."""
    started = datetime.fromisoformat(manifest["started"].replace("Z", "+00:00"))
    ended = started + timedelta(seconds=manifest["duration_seconds"])
    program = f"#dewpoint-{manifest['version']}"
    made = sorted(name for name in files if name != QUESTION)
    parts = [{"@id": name} for name in sorted(files)]
    licence_id = licence if licence.startswith(("http:", "https:")) else "#licence"
    people = [] if author is None else [{"@id": "#author", "@type": "Person", "name": author}]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": manifest["command"],
        "description": f"Results of dewpoint {manifest['version']}: {manifest['runs']} runs, seed {manifest['seed']}, "
        f"digest {manifest['digest']}. The same command gives the same bytes.",
        "datePublished": started.date().isoformat(),
        "license": {"@id": licence_id},
        "conformsTo": {"@id": PROFILE},
        "hasPart": parts,
        "mentions": {"@id": "#run"},
    }
    action: dict[str, Any] = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": manifest["command"],
        "description": f"{manifest['runs']} runs, {manifest['failed']} of which failed, on {manifest['machine']['threads']} threads "
        f"of {manifest['machine']['system']} {manifest['machine']['architecture']}.",
        "instrument": {"@id": program},
        "object": [{"@id": QUESTION}, {"@id": "#seed"}],
        "result": [{"@id": name} for name in made],
        "startTime": started.isoformat(),
        "endTime": ended.isoformat(timespec="seconds"),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    if people:
        root["author"] = action["agent"] = {"@id": "#author"}
    software = {
        "@id": program,
        "@type": "SoftwareApplication",
        "name": "dewpoint",
        "description": "An agent-based simulator of improvement programmes in healthcare.",
        "softwareVersion": f"{manifest['version']} (sources {manifest['build']}, commit {manifest.get('commit') or 'unknown'})",
    }
    about = {"@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"}}
    about["conformsTo"] = {"@id": "https://w3id.org/ro/crate/1.1"}
    profile = {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    seed = {"@id": "#seed", "@type": "PropertyValue", "name": "seed", "value": manifest["seed"]}
    licences = {"@id": licence_id, "@type": "CreativeWork", "name": licence}
    entities = [about, root, action, software, profile, licences, seed, *people]
    meanings = _meanings(files)
    entities += [_file(name, files[name], meanings) for name in sorted(files) if name != METADATA]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": entities}


def _meanings(files: dict[str, bytes]) -> dict[str, str]:
    """What each table holds, column by column."""
    if "columns.csv" not in files:
        return {}
    rows = pd.read_csv(io.BytesIO(files["columns.csv"]), keep_default_na=False, dtype=str)
    said: dict[str, str] = {}
    for name, frame in rows.groupby("file"):
        named = zip(frame["column"].tolist(), frame["unit"].tolist(), strict=True)
        columns = [f"{column} [{unit}]" if unit else str(column) for column, unit in named]
        said[str(name)] = "Columns: " + ", ".join(columns)
    return said


KNOWN = {
    QUESTION: "What was asked: every value of the scenarios.",
    "manifest.json": "How to make the same results again.",
    "report.html": "The page for the meeting.",
}


def _file(name: str, content: bytes, meanings: dict[str, str]) -> dict[str, Any]:
    kind = "text/markdown" if name.endswith(".md") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    entity: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": name,
        "encodingFormat": kind,
        "contentSize": str(len(content)),
    }
    described = KNOWN.get(name) or meanings.get(name)
    return {**entity, "description": described} if described else entity
