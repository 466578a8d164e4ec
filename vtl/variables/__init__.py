"""What a mapping template finds in its context: $input, $util, $context and $stageVariables.

They are ordinary values, which any engine over `vtl.values` can host; `vtl.mapping` hands them to this one.
"""

from __future__ import annotations
