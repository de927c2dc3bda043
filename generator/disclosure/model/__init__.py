"""What the data say, as values: records, data set, targets, findings."""
