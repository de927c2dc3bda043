"""The layouts of official forms, as data: one definition for everything that prints or reads one.

- form: what `form/1` says, the grid of a form with its labels and fields
- values: what stands in the fields, as printed
- filling: form + values → the grid of a table; matching: the grid of a table → values
- library: the forms that ship with the program, one file each in `known/`
"""
