"""What a promise may last: an amount of time, a number of business days, a share of either."""
