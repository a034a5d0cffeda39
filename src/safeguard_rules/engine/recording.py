"""The record of an evaluation: what somebody needs to replay it (promise 11)."""

from __future__ import annotations

from safeguard_rules.case.case import Case
from safeguard_rules.packs.digests import FORM
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.versions import engine_version
from safeguard_rules.results import EvaluationRecord, PackRecord, PluginRecord
from safeguard_rules.values.dates import AsOf


def make_record(case: Case, loaded: Loaded, as_of: AsOf, role: str | None) -> EvaluationRecord:
    """The record of an evaluation."""
    stamps = loaded.plugins.stamps
    undigested = [stamp.name for stamp in stamps if stamp.code and stamp.digest is None]
    why_not = f"the files of plug-in {', '.join(undigested)} could not be read for a digest" if undigested else None
    locality = loaded.content.locality
    return EvaluationRecord(
        engine_version(),
        FORM,
        str(as_of),
        locality.id if locality is not None else None,
        role,
        tuple(PackRecord(s.id, s.kind, s.version, s.status, s.digest, s.meaning) for s in loaded.stamps),
        tuple(PluginRecord(s.name, s.distribution, s.version, s.digest) for s in stamps),
        case.digest(),
        why_not is None,
        why_not,
    )
