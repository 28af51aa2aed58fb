"""The other side: two commands that do nothing, the least that a Typer program can cost."""

import typer

app = typer.Typer()


@app.command()
def tree() -> None:
    """Print one line."""
    print("tree")


@app.command()
def show() -> None:
    """Print another line."""
    print("show")
