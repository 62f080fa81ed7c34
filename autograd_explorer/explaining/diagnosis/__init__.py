"""diagnose(run): what became of each gradient of a program, and why."""

from autograd_explorer.explaining.diagnosis import cuts
from autograd_explorer.explaining.diagnosis.cures import cured
from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.diagnosis.gradients import gradients_frame
from autograd_explorer.explaining.diagnosis.nonfinite import nonfinite_findings
from autograd_explorer.explaining.diagnosis.noted import (
    noted_findings,
    raised_findings,
    unexplained_findings,
)
from autograd_explorer.explaining.diagnosis.path import Path, path_of
from autograd_explorer.explaining.diagnosis.shares import share_findings
from autograd_explorer.explaining.diagnosis.ways import Ways
from autograd_explorer.explaining.diagnosis.zeros import zero_findings
from autograd_explorer.records import Run

__all__ = ["Finding", "Path", "Status", "cured", "diagnose", "gradients_frame", "path_of"]


def diagnose(run: Run) -> tuple[Finding, ...]:
    """What became of a run's gradients, the alarms first. If all is well, every finding has the
    status "arrived"."""
    passes = [Ways(graph) for graph in run.backwards]
    found: list[Finding] = []
    found += nonfinite_findings(run, passes)
    found += zero_findings(run, passes)
    found += share_findings(passes)
    found += noted_findings(run)
    found += raised_findings(run)
    told = {name for finding in found for name in finding.facts.get("names", ())}
    found += (one for one in cuts.of_leaves(run) if one.status != "arrived" or one.name not in told)
    found += cuts.partial_cuts(run)
    found += cuts.of_notes(run)
    found += cuts.of_optimizers(run)
    if all(finding.severity != "alarm" for finding in found):
        found += unexplained_findings(run)
    return tuple(sorted(found, key=lambda finding: finding.severity != "alarm"))
