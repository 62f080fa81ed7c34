"""Files to take away: the program as it is, as a script and as a notebook."""

import json

import streamlit as st

from components.part import part
from texts import Say


@part()
def show_downloads(source: str, say: Say) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            say("download_py"), source, "program.py", "text/x-python", on_click="ignore"
        )
        st.download_button(
            say("download_ipynb"),
            build_notebook(source),
            "program.ipynb",
            "application/x-ipynb+json",
            on_click="ignore",
        )


def build_notebook(source: str) -> str:
    """A notebook (nbformat 4.5) with the program in one cell."""
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "program",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source.rstrip("\n").splitlines(keepends=True),
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "cells": [cell],
        },
        ensure_ascii=False,
        indent=1,
    )
