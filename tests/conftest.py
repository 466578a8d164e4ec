"""What all tests share: the Hypothesis profiles.

`dev` (the default) is quick, `ci` looks longer and always at the same examples, `nightly` looks for an hour or so.
Choose with the variable HYPOTHESIS_PROFILE; where CI is set, `ci` is the default.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW_MACHINES = [HealthCheck.too_slow]

settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=_SLOW_MACHINES)
settings.register_profile("ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=_SLOW_MACHINES)
settings.register_profile("nightly", max_examples=20_000, deadline=None, suppress_health_check=_SLOW_MACHINES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))
