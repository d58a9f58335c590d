"""Where special days come from, one file per source. No source knows a calendar."""
