"""Every door through which a text or plain data of a stranger comes in, and what may break it."""
