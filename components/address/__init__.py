"""What a link carries. Nothing else spells the keys of the address.

The address is the truth. A widget shows what the address says, and a change writes the address; so
reloading, sharing, Back and a server restart all lead to the same screen. Our own components report
changes as triggers, which last for one run: the same choice made again, after Back for example, is
a change again.

keys.py declares every key. What only draws does not ask here: pages hand it what is chosen.
"""

from components.address.checking import Complaint, complaints
from components.address.dials import (
    MOVE,
    WIDGET,
    choice,
    choose,
    choose_numbers,
    current_problem,
    exhibit,
    numbers,
    settled,
    write_dials,
)
from components.address.hand import (
    FIRST_SCREEN,
    current_cell,
    current_changes,
    is_held,
    rate,
    start_afresh,
    take_rate,
    take_training_step,
    write_changes,
)
from components.address.keys import (
    ALL_CONTROLS,
    EXAMPLES,
    LESSONS,
    MARKS,
    NUMBERED,
    PAGES,
    SECTIONS,
)
from components.address.navigation import (
    choose_language,
    choose_page,
    choose_section,
    done,
    foreseen,
    language,
    left_behind,
    link,
    mark_done,
    page,
    section,
)
from components.address.packing import pack, unpack
from components.address.presentation import (
    left_out,
    neighbours,
    notes_link,
    present,
    present_next,
    presenting,
    room,
    room_key,
    shows_notes,
    shows_qr,
    stop_presenting,
    toggle_qr,
)
from components.address.programs import (
    Program,
    choose_example,
    open_in_playground,
    program,
    take_program,
)
from components.address.shown import (
    choose_pass,
    chosen_pass,
    enlarged,
    layer,
    moment,
    opened,
    selection,
    step,
    take_enlarged,
    take_moment,
    take_opened,
    take_selection,
)

__all__ = [
    "ALL_CONTROLS", "EXAMPLES", "FIRST_SCREEN", "LESSONS", "MARKS", "MOVE", "NUMBERED",
    "PAGES", "SECTIONS", "WIDGET", "Complaint", "Program", "choice", "choose", "choose_example",
    "choose_language", "choose_numbers", "choose_page", "choose_pass", "choose_section",
    "chosen_pass", "complaints", "current_cell", "current_changes", "current_problem", "done",
    "enlarged", "exhibit", "foreseen", "is_held", "language", "layer", "left_behind", "left_out",
    "link", "mark_done", "moment", "neighbours", "notes_link", "numbers", "open_in_playground",
    "opened",
    "pack", "page", "present", "present_next", "presenting", "program", "rate", "room", "room_key",
    "section", "selection", "settled", "shows_notes", "shows_qr", "start_afresh", "step",
    "stop_presenting", "take_enlarged", "take_moment", "take_opened", "take_program", "take_rate",
    "take_selection", "take_training_step", "toggle_qr", "unpack", "write_changes", "write_dials",
]  # fmt: skip
