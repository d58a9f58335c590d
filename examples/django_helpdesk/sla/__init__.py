"""Service levels for django-helpdesk: when each ticket is due, by a policy."""
