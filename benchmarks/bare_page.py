"""The least that Streamlit can do, one slider and one line of text, to hold every page against."""

import streamlit as st

import benchmarks.frozen  # noqa: F401

value = st.slider("n", 1, 64, 5, key="n")
st.text(f"n = {value}")
