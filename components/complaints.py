"""Tell the reader which keys of the address could not be followed."""

from collections.abc import Sequence

import streamlit as st

from components.address import Complaint
from components.part import part
from texts import Say


@part()
def show_complaints(complaints: Sequence[Complaint], say: Say) -> None:
    """One message a key: what stood there, what is allowed, what is shown instead."""
    for complaint in complaints:
        st.warning(
            say(
                "complaint_repeated" if complaint.times > 1 else "complaint",
                key=complaint.key,
                given=complaint.given,
                times=complaint.times,
                allowed=complaint.allowed,
                used=complaint.used,
            )
        )
