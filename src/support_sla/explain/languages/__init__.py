"""The phrases of explanations: one TOML file per language, all with the same phrases; no code."""
