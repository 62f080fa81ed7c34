"""The pictures that a graph is sent as."""


def pictures_in(built):
    """What is drawn in every box, and of the whole."""
    found = [built]
    for picture in found:
        for box in picture["boxes"]:
            found += [box] if "boxes" in box else []
            found += box["turns"]["shown"].values() if "turns" in box else []
    return found
