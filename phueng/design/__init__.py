"""The look of the service.

Promises: one set of tokens, base pages and components, in Thai and English, that every screen, slip and
letter is built from; each works at 360 px, in dark, without JavaScript and with a screen reader.
Refuses: facts of its own (no models), texts in one language only, inline styles or scripts, anything
fetched from another host, an imitation of the garuda.
Serves: every package above it that shows a page.
"""
