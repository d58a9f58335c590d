"""Where special days come from, one file a source. No source knows a calendar, or another source's days."""
