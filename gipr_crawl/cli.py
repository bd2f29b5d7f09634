"""The command `gipr`: one function a command, no logic of its own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gipr_crawl.commands.terminal import CommandError, safe, say, warn
from pipelines.store.engine import StoreError
from pipelines.version import code_version

DEFAULT_DB = os.environ.get("GIPR_DB", "data/gipr.db")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Crawl Chinese government portals for open-government-information reports and keep them as a citable corpus.",
)
sites_app = typer.Typer(no_args_is_help=True, help="Site profiles: data/sites/**/*.toml.")
db_app = typer.Typer(no_args_is_help=True, help="The corpus database.")
app.add_typer(sites_app, name="sites")
app.add_typer(db_app, name="db")

Db = Annotated[str, typer.Option("--db", help="Corpus: a path means SQLite; any SQLAlchemy URL works.", metavar="DB")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
ArchiveFolder = Annotated[
    Path | None,
    typer.Option("--archive", help="Folder for the raw bytes (WARC). Default: beside the database.", metavar="DIR"),
]


def main() -> None:
    """Run the command line: errors are one sentence on stderr and a non-zero exit, never a traceback."""
    try:
        app(standalone_mode=True)
    except (CommandError, StoreError) as fault:
        warn(f"gipr: {safe(fault)}")
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (`gipr export | head`): no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        warn("gipr: interrupted; what was stored so far is complete")
        sys.exit(130)
    except Exception as fault:
        if os.environ.get("GIPR_DEBUG"):
            raise
        warn(f"gipr: a fault of the program ({type(fault).__name__}: {safe(fault)}); set GIPR_DEBUG=1 to see where")
        sys.exit(70)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"gipr-crawl {code_version()}")
        raise typer.Exit


@app.callback()
def _gipr(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def demo(
    db: Db = "data/demo.db",
    archive: ArchiveFolder = None,
) -> None:
    """Crawl a small portal of our own on loopback, store it, and compare it with its known truth."""
    from gipr_crawl.commands.demo import print_demo, run_demo
    from gipr_crawl.commands.ingest import default_archive

    result = run_demo(db, archive or default_archive(db))
    print_demo(result, db)
    if not result.is_faithful:
        raise typer.Exit(1)


@app.command()
def crawl(
    sites: Annotated[list[str] | None, typer.Argument(help="Names of site profiles (see `gipr sites list`).")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Crawl every enabled site but the demo's.")] = False,
    db: Db = DEFAULT_DB,
    archive: ArchiveFolder = None,
    setting: Annotated[
        list[str] | None, typer.Option("-s", "--set", help="A Scrapy setting, NAME=VALUE.", metavar="NAME=VALUE")
    ] = None,
    as_json: Json = False,
) -> None:
    """Crawl sites politely and store what they bring."""
    from gipr_crawl.commands.crawling import crawl_sites

    if not crawl_sites(
        sites or [], everything=everything, db=db, archive=archive, settings=setting or [], as_json=as_json
    ):
        raise typer.Exit(1)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Pages (html, txt) or folders of them.", metavar="PATH…")],
    db: Db = DEFAULT_DB,
    archive: ArchiveFolder = None,
    as_json: Json = False,
) -> None:
    """Read local pages into the corpus, as if they had been crawled."""
    from dataclasses import asdict

    from gipr_crawl.commands.ingest import ingest as ingest_files

    result = ingest_files(paths, db=db, archive=archive)
    for fault in result.faults:
        warn(f"gipr: {safe(fault)}")
    if as_json:
        say(json.dumps(asdict(result), ensure_ascii=False))
    else:
        say(
            f"{result.pages} pages read, {result.reports} reports in them: {result.new_reports} new, "
            f"{result.changed_reports} changed; {result.unchanged_pages} pages as they were; corpus {db}"
        )
        if result.findings:
            say(f"{result.findings} findings; `gipr export findings --db {db}` lists what was met and not understood")
    if result.faults:
        raise typer.Exit(1)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Pages or folders of them.", metavar="FILE…")],
    as_json: Json = False,
    trace: Annotated[bool, typer.Option("--trace", help="Explain every change in words.")] = False,
) -> None:
    """Say what pages say, storing nothing; with --json one object a line."""
    from gipr_crawl.commands.ingest import read_files

    if read_files(files, as_json=as_json, trace=trace):
        raise typer.Exit(1)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(help="Words that must all stand in a report; two characters are enough.")
    ],
    db: Db = DEFAULT_DB,
    year: Annotated[int | None, typer.Option(help="Only reports of this year.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Only this region: the first digits of its GB/T 2260 code.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many hits at most.")] = 20,
    as_json: Json = False,
) -> None:
    """Find reports by words of their text, newest first."""
    from gipr_crawl.commands.asking import search_corpus

    if not search_corpus(words, db=db, year=year, region=region, limit=limit, as_json=as_json):
        raise typer.Exit(1)


@app.command()
def show(
    report: Annotated[int, typer.Argument(help="The report's id, as `gipr search` prints it.", metavar="ID")],
    trace: Annotated[bool, typer.Option("--trace", help="Say why each line was changed or dropped.")] = False,
    db: Db = DEFAULT_DB,
    as_json: Json = False,
) -> None:
    """Show a report: its fields, its figures with their sentences, its checks."""
    from gipr_crawl.commands.asking import show_report

    show_report(report, db=db, trace=trace, as_json=as_json)


@app.command()
def export(
    what: Annotated[
        str, typer.Argument(help="reports, indicators, cells, sections, checks, findings, edits …")
    ] = "reports",
    form: Annotated[str, typer.Option("--format", help="csv or jsonl.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write; default: standard output.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with a byte-order mark, as Excel wants it.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Write the corpus as CSV (a table or view) or JSON lines (reports with everything below them)."""
    from gipr_crawl.commands.asking import export_corpus

    export_corpus(what, form=form, out=out, excel=excel, db=db)


@app.command()
def status(db: Db = DEFAULT_DB, as_json: Json = False) -> None:
    """Say what the corpus holds, site by site, and how the last runs ended."""
    from gipr_crawl.commands.asking import print_status

    print_status(db=db, as_json=as_json)


@app.command()
def doctor(db: Db = DEFAULT_DB, as_json: Json = False) -> None:
    """Check the installation, the site profiles and the corpus; say what is wrong and what to do."""
    from gipr_crawl.commands.doctor import examine

    if not examine(db, as_json=as_json):
        raise typer.Exit(1)


@sites_app.command("list")
def sites_list(as_json: Json = False) -> None:
    """List the site profiles."""
    from gipr_crawl.commands.profiles import list_sites

    list_sites(as_json=as_json)


@sites_app.command("check")
def sites_check() -> None:
    """Check every site profile; name file, key and reason of each fault."""
    from gipr_crawl.commands.profiles import check_sites

    if not check_sites():
        raise typer.Exit(1)


@db_app.command("upgrade")
def db_upgrade(db: Db = DEFAULT_DB) -> None:
    """Bring the corpus to this version's schema."""
    from gipr_crawl.commands.asking import upgrade_corpus

    upgrade_corpus(db)


if __name__ == "__main__":
    main()
