"""What the museum of errors shows: a program that goes wrong, and the edit that mends it."""

from dataclasses import dataclass

IMPORT = "import torch\n\n"
START = IMPORT + "w = torch.tensor([1.0, 2.0], requires_grad=True)\n"
WITH_NN = "import torch\nfrom torch import nn\n\n"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """.name  its key; .source the program; .edit which whole lines to replace by which"""

    name: str
    source: str
    edit: tuple[str, str]

    @property
    def fixed(self) -> str:
        """The program, mended."""
        old, new = self.edit
        return self.source.replace(f"\n{old}\n", f"\n{new}\n", 1)
