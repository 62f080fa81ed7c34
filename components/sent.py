"""What a component of ours last sent."""

from collections.abc import Mapping
from typing import Any

import streamlit as st


def sent(key: str, name: str) -> Any:
    """What stands under a name; None if nothing does. A browser may send anything."""
    sent = st.session_state.get(key)
    return sent.get(name) if isinstance(sent, Mapping) else None
