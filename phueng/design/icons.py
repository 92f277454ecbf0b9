"""What small signs stand beside words? Drawn for this service on a 24-unit grid, in the colour of text."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Outlines only (stroke), so that they stay light beside looped Thai letters.
ICONS: dict[str, str] = {
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "alert": '<path d="M12 3.5l9 16H3z"/><path d="M12 10v4.2M12 17v.1"/>',
    "pause": '<path d="M12 2.8l8 4.6v9.2l-8 4.6-8-4.6V7.4z"/><path d="M9.8 9v6M14.2 9v6"/>',
    "arrow": '<path d="M4.5 12h14M13 6.2l5.8 5.8-5.8 5.8"/>',
    "back": '<path d="M19.5 12h-14M11 6.2L5.2 12l5.8 5.8"/>',
    "phone": '<path d="M6.5 3.5h3l1.6 4.3-2 1.7a12 12 0 0 0 5.4 5.4l1.7-2 4.3 1.6v3'
    'a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>',
    "camera": '<path d="M3.5 8h4l1.6-2.5h5.8L16.5 8h4v11h-17z"/><circle cx="12" cy="13" r="3.3"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L20.5 20.5"/>',
    "print": '<path d="M7 8.5V3.5h10v5M7 17.5H3.5v-9h17v9H17M7 14h10v6.5H7z"/>',
    "mail": '<path d="M3.5 5.5h17v13h-17z"/><path d="M4 6.5l8 6.5 8-6.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.6-4.2 3.8-6.5 8-6.5s7.4 2.3 8 6.5"/>',
    "home": '<path d="M3.5 11.5L12 4l8.5 7.5"/><path d="M6 10v10h12V10M10 20v-5.5h4V20"/>',
    "money": '<path d="M3 6.5h18v11H3z"/><circle cx="12" cy="12" r="2.8"/><path d="M6 9.5v.1M18 14.4v.1"/>',
    "document": '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6.5M9 16h6.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.8c.3-3 5-2.7 4.8.2-.1 1.9-2.4 1.9-2.4 3.8M12 16.5v.1"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13z"/><path d="M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>',
    "offline": '<path d="M4 4l16 16M3 9.5a14 14 0 0 1 4.5-2.8M21 9.5A14 14 0 0 0 11 5.6'
    'M6.5 13.2a9 9 0 0 1 3.5-2M17.5 13.2l-1.6-1.1M12 18.5v.1"/>',
}


def icon_svg(name: str, label: str = "") -> SafeString:
    """The sign as inline SVG; silent to screen readers unless `label` speaks. KeyError if unknown."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  our own constant above
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        said,
        drawing,
    )
