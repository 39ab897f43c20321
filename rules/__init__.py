"""The rules that come with the program: one file each, in a folder for each group."""
