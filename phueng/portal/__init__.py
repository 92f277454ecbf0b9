"""Portal is the front door: what this service is, what one can get, how it goes on, whom to call.

It promises that nobody needs an account, a good phone or officialese to find the way in. It owns no facts and refuses
to ask for any: every number it shows comes from the schemes' dated parameters.
"""
