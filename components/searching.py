"""Offer tables that a reader searches, sorts and saves, in Streamlit's own element for that."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

import texts
from components.page_language import page_language
from components.part import part
from components.prose import note, show
from texts import Say


@part()
def offer_tables(label: str, tables: Mapping[str, tuple[int, Callable[[], pd.DataFrame]]]) -> None:
    """Tables to search, sort and save, behind a line that a reader opens; made only then.

    tables  name → how many rows there are, and what makes the first of them
    """
    say = texts.for_page("tables", page_language())
    names = list(tables)
    key = "_".join(names)
    opened = st.expander(say(label), key=f"open_{key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        chosen = names[0]
        if len(names) > 1:
            chosen = st.segmented_control(
                say(label),
                names,
                format_func=lambda name: say(f"table_{name}"),
                default=chosen,
                key=f"chosen_{key}",
                required=True,
                label_visibility="collapsed",
            )
        count, build = tables[chosen]
        frame = build()
        st.dataframe(
            frame,
            column_config=build_columns(frame, say),
            key=f"table_{chosen}",
            alt=say(f"table_{chosen}"),
        )
        if len(frame) < count:
            show(note(say("first", shown=f"{len(frame):,}", count=f"{count:,}")))


def build_columns(frame: pd.DataFrame, say: Say) -> dict[str, Any]:
    """How an index and columns are headed and written; a matrix's columns by their numbers."""
    configs: dict[str, Any] = {"_index": st.column_config.Column(say(f"head_{frame.index.name}"))}
    for name, kind in frame.dtypes.items():
        label = name if name.isdigit() else say(f"head_{name}")
        if name.isdigit():
            configs[name] = st.column_config.NumberColumn(label, format="%.8g")
        elif name.endswith(("zeros", "nonfinite")):
            configs[name] = st.column_config.NumberColumn(label, format="percent")
        elif kind == "float64":
            configs[name] = st.column_config.NumberColumn(label, format="%.4g")
        else:
            configs[name] = st.column_config.Column(label)
    return configs
