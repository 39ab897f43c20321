"""What a citation is: where the entries of publication lists are, what their parts are, and which are one work."""
