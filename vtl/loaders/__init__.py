"""Files become APIs: every format in which a mapping template lives, each string with its place in its file.

Names are loaded when they are first used: who only walks over folders needs no reader.
"""

TYPE_CHECKING = False

_HOMES = {
    "Loaded": "vtl.loaders.templates",
    "Origin": "vtl.loaders.origin",
    "Placeholder": "vtl.loaders.origin",
    "Site": "vtl.loaders.templates",
    "Template": "vtl.loaders.templates",
    "Text": "vtl.loaders.origin",
    "load": "vtl.loaders.loading",
    "may_hold_templates": "vtl.loaders.detect",
}

if TYPE_CHECKING:
    from vtl.loaders.detect import may_hold_templates as may_hold_templates
    from vtl.loaders.loading import load as load
    from vtl.loaders.origin import Origin as Origin
    from vtl.loaders.origin import Placeholder as Placeholder
    from vtl.loaders.origin import Text as Text
    from vtl.loaders.templates import Loaded as Loaded
    from vtl.loaders.templates import Site as Site
    from vtl.loaders.templates import Template as Template
else:

    def __getattr__(name):
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(f"module 'vtl.loaders' has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
