"""Files become APIs: every format in which a mapping template lives, each string with its place in its file."""

from vtl.loaders.detect import may_hold_templates as may_hold_templates
from vtl.loaders.loading import load as load
from vtl.loaders.origin import Origin as Origin
from vtl.loaders.origin import Placeholder as Placeholder
from vtl.loaders.origin import Text as Text
from vtl.loaders.templates import Loaded as Loaded
from vtl.loaders.templates import Site as Site
from vtl.loaders.templates import Template as Template
