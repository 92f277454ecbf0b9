"""Questionnaires asks questions one at a time and keeps every answer at every move, valid or not.

It promises that an old sheet reads as it was asked, and that messy typing is understood. It refuses to lose what a person
typed. It serves the application form, the home visit and, later, surveys."""
