"""Writers: Document → bytes, one format each. Loaded by name, through the registry."""
