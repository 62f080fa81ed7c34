"""Draw how a vector's numbers stand after each of several steps, as groups of bars."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from components.theme import DIVERGING
from core.views import Array

MOST = 8


def show_bars(rows: Sequence[Array], title: str, axis: str, key: str) -> None:
    st.plotly_chart(
        build_bars(rows, title, axis), key=key, theme="streamlit", config={"staticPlot": True}
    )


def build_bars(rows: Sequence[Array], title: str, axis: str) -> go.Figure:
    """One group a step; one bar an element of the vectors (n,), the first eight of them.

    Raises:  ValueError, when there is no step
    """
    if not rows:
        raise ValueError("no rows")
    steps = [str(i) for i in range(1, len(rows) + 1)]
    count = min(MOST, len(rows[0]))
    bars = [
        go.Bar(
            x=steps,
            y=[float(row[i]) for row in rows],
            name=f"[{i}]",
            marker_color=DIVERGING[4] if rows[-1][i] >= 0 else DIVERGING[0],
            text=[f"{float(row[i]):+.3f}" for row in rows] if count * len(rows) <= 18 else None,
            textposition="outside",
            cliponaxis=False,
        )
        for i in range(count)
    ]
    return go.Figure(
        bars,
        layout={
            "title": {"text": title, "font": {"size": 16}},
            "height": 320,
            "margin": {"l": 40, "r": 8, "t": 56, "b": 40},
            "xaxis": {"title": axis},
            "showlegend": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
        },
    )
