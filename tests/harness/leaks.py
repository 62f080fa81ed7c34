"""What no reader may see: where the app lies, and where its code stood."""

from tests.harness.serving import ROOT

TELLING = ("Traceback", "/home", "site-packages", str(ROOT), 'File "', "most recent call last")


def leaks(sent: str | bytes) -> list[str]:
    """What of that stands in something that a browser was sent."""
    text = sent.decode("utf-8", "replace") if isinstance(sent, bytes) else sent
    # In JSON, quotation marks have a backslash in front.
    return [told for told in TELLING if told in text or told in text.replace('\\"', '"')]
