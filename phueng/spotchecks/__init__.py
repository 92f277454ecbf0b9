"""Spotchecks asks the people who were paid whether the money arrived: a sample that nobody could choose, asked by another
office, and every payee who wants to say it by themselves.

It refuses interviewers of the office that paid, a sample drawn after the money left, and a ranking of offices by a few
answers. It serves the person whose payment somebody else might have taken a part of."""
