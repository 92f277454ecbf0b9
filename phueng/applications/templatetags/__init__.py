"""Which small things do the templates of this package need?"""
