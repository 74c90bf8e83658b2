"""The ways of measuring, one per file; `measuring.catalogue` lists them."""
