"""The least that Streamlit can do, one slider and one line of text, to hold every page against."""

import gc

import streamlit as st

if not gc.get_freeze_count():
    gc.collect()
    gc.freeze()

value = st.slider("n", 1, 64, 5, key="n")
st.text(f"n = {value}")
