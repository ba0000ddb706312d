"""A module's name in, the module out that loads itself when something of it is first used.

Source: the recipe of importlib's documentation, "Implementing lazy imports", here for a module of a package.
"""

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def defer(package: str, name: str) -> None:
    """Make `from package import name` and `import package.name` cost nothing yet. Leaves alone what is there, and what is not installed."""
    full = f"{package}.{name}"
    spec = None if full in sys.modules else find_spec(full)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    sys.modules[full] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(import_module(package), name, module)  # `from` asks the package, and would load what it finds in sys.modules
