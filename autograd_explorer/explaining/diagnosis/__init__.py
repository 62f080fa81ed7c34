"""diagnose(run): what became of each gradient of a program, and why."""

from autograd_explorer.explaining.diagnosis import cuts
from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.records import Run

__all__ = ["Finding", "Status", "diagnose"]


def diagnose(run: Run) -> tuple[Finding, ...]:
    """What is worth saying of a run's gradients, the alarms first. Empty if all is well."""
    found: list[Finding] = []
    found += cuts.of_leaves(run)
    found += cuts.partial_cuts(run)
    found += cuts.of_notes(run)
    found += cuts.of_optimizers(run)
    return tuple(sorted(found, key=lambda finding: finding.severity != "alarm"))
