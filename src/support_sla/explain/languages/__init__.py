"""What explanations are said with: one TOML file a language, all with the same phrases; no code."""
