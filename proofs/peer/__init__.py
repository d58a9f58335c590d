"""The libraries that are asked the same: how each is called, and each rule of theirs that differs."""
