"""`topology app`: the web app for one organisation, on this machine only."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
from importlib.resources import files
from pathlib import Path

import click

from topology.commands.options import data_named
from topology.commands.terminal import plain_terminal
from topology.source.settings import DATA_VARIABLE, EDIT_VARIABLE, STATE_VARIABLE

FIRST_PORT, MORE_PORTS = 8501, 20
HERE = ("localhost", "127.0.0.1", "::1")
SLOW_LIBRARIES = ("pandas", "altair", "scipy.sparse", "ibis.backends.duckdb", "topology.app.main", "topology.app.clans")


@click.command("app")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Open the example organisation that comes with this tool.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help=f"The port [default: the first free one from {FIRST_PORT} on]."
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--data",
    help="The folder of event tables, a DuckDB file or a warehouse's URL [default: TOPOLOGY_DATA, topology.toml's, else data/].",
)
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name by which a proxy asks for the app, beside localhost; may be repeated.",
)
@click.option(
    "--edit",
    is_flag=True,
    help="Let readers write a draft into the organisation's file; without it a draft ends as a patch.",
)
@click.option(
    "--listen",
    metavar="ADDRESS",
    default="localhost",
    help="The address to listen on; 0.0.0.0 lets phones of the same network reach it, and everybody else there "
    "[default: this machine alone].",
)
def command(
    path: Path | None, example: bool, port: int | None, open_browser: bool, data: str | None, hosts: tuple[str, ...], listen: str,
    *, edit: bool,
) -> None:  # fmt: skip
    """Serve the team map, delivery, clans and the timeline of the organisation at PATH, for a browser on this machine.

    Without PATH it is the squads.yaml, squads.yml or squads/ of this folder or the nearest one above; where there is none, the
    example is offered. The page follows the file: save it, and it redraws.

    \b
    Examples:
      topology app
      topology app squads/ --port 8600 --open
      topology app --example
    """
    importlib.import_module("streamlit")  # (says at once which extra is missing)
    if example and path is not None:
        raise click.UsageError("--example opens the example: it goes with no PATH.")
    model = _example() if example else _model(path)
    if data is not None:
        source = data_named(data)
        os.environ[DATA_VARIABLE] = str(source.resolve()) if isinstance(source, Path) else data
    if hosts or listen not in HERE:
        os.environ["TOPOLOGY_HOSTS"] = ",".join((*hosts, listen))  # (read by the server, which needs Streamlit)
    os.environ[EDIT_VARIABLE] = "1" if edit else ""
    chosen = _free_port(port)
    address = f"http://localhost:{chosen}"
    click.echo(f"Opening {model} on {address} (Ctrl+C stops it) ...")
    _serve(model, chosen, listen, headless=not open_browser)


def _example() -> Path:
    """The example organisation, as this installation has it."""
    return Path(str(files("topology").joinpath("example", "squads.yaml"))).resolve()


def _model(path: Path | None) -> Path:
    """The organisation that is named, or the nearest one from here upwards; else the example, if the reader wants it."""
    from topology.source.files import found_upwards

    if path is not None:
        if not path.exists():
            raise click.UsageError(
                f"{path}: there is no such file or folder. `topology app --example` opens the example."
            )
        return path.resolve()
    found = found_upwards(Path.cwd())
    if found is not None:
        return found
    if sys.stdin.isatty() and click.confirm("There is no squads.yaml here or above. Open the example instead?"):
        return _example()
    raise click.UsageError(
        "there is no squads.yaml here or above. `topology app --example` opens the example, `topology init` writes a small file to "
        "start from."
    )


def _free_port(port: int | None) -> int:
    """The port that is asked for, if it is free; else the first free one."""
    wanted = [port] if port else range(FIRST_PORT, FIRST_PORT + MORE_PORTS)
    for one in wanted:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("localhost", one))
            except OSError:
                continue
            return one
    hint = "--port" if port else None
    raise click.BadParameter(
        f"port {wanted[0]} is taken or not allowed; name another one with --port.", param_hint=hint
    )


def _serve(model: Path, port: int, listen: str, *, headless: bool) -> None:
    """Runs the server until it is stopped."""
    from topology.app import registry
    from topology.server.application import ENTRY, application

    os.environ["TOPOLOGY_MODEL"] = str(model)
    if (named := os.environ.get(STATE_VARIABLE)) and "://" not in named.removeprefix("sqlite:///"):
        os.environ[STATE_VARIABLE] = str(Path(named.removeprefix("sqlite:///")).resolve())
    os.chdir(Path(ENTRY).parent)  # (no settings of Streamlit's are read from the folder in which the reader stands)
    for slow in SLOW_LIBRARIES:  # before the first reader waits for them
        importlib.import_module(slow)
    threading.Thread(target=registry.warm_up, daemon=True).start()
    with plain_terminal():
        application().run(config={"server.port": port, "server.address": listen, "server.headless": headless})
