"""Speed, always as a ratio to a named baseline measured in the same run.

`python3 noxfile.py -s bench` runs them all. Seconds differ from machine to machine and from
hour to hour; ratios can be compared and have limits.
"""
