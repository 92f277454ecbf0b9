"""Which tags do page builders write? All of them; what they draw is under templates/design/components."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from phueng.design import fields, icons, navigation, pieces, promises, times, wording

register = template.Library()
PARTS = "design/components/"


# --- words, days, amounts ---------------------------------------------------------------------------------


@register.simple_tag
def say(th: str, en: str, **values: Any) -> SafeString:
    """Both languages of a sentence; the reader's is shown. Slots `{n}` take the named values, escaped."""
    shown = wording.say(conditional_escape(th), conditional_escape(en))
    escaped = {name: conditional_escape(value) for name, value in values.items()}
    return mark_safe(shown.format(**escaped) if values else shown)  # noqa: S308  each part is escaped above


@register.filter
def th_en(thing: object, field: str = "") -> str:
    return wording.in_current_language(thing, field)


@register.filter
def thaidate(day: date | None, style: times.DayStyle = "short") -> str:
    return times.day_text(day, style)


@register.filter
def thaimoment(moment: datetime | None) -> str:
    return times.moment_text(moment)


@register.filter
def baht(satang: int | None) -> str:
    return times.baht_text(satang)


@register.filter
def day_or_moment(when: date | datetime | None) -> str:
    """A promised day has no hour, a thing that happened has."""
    return times.moment_text(when) if isinstance(when, datetime) else times.day_text(when)


@register.filter
def beside(cells: Sequence[object], columns: Sequence[pieces.Column]) -> list[tuple[object, bool]]:
    """Each cell with whether its column holds numbers."""
    return [(cell, column.is_number) for cell, column in zip(cells, columns, strict=True)]


@register.filter
def grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


@register.filter
def last_four(identifier: str | None) -> str:
    """All but the last four hidden; the number of dots is fixed so that the length tells nothing."""
    return f"•••• {identifier[-4:]}" if identifier and len(identifier) > 4 else "••••"


@register.filter
def or_unanswered(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        return format_html('<span class="unanswered">{}</span>', wording.say("ไม่ได้ตอบ", "Not answered"))
    return value


@register.simple_tag
def reference(ref: str, size: str = "") -> SafeString:
    """A reference in groups 4-4-3, in figures of one width; not to be translated by browsers."""
    css = "reference is-large" if size == "large" else "reference"
    return format_html('<span class="{}" translate="no">{}</span>', css, times.reference_text(ref))


@register.simple_tag
def as_of(moment: datetime) -> SafeString:
    return format_html(
        '<span class="as-of">{} <time datetime="{}">{}</time></span>',
        wording.say("ณ เวลา", "As of"),
        moment.isoformat(),
        times.moment_text(moment),
    )


# --- signs and states -------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return icons.icon_svg(name, label)


@register.filter
def message_tone(message: Message) -> str:
    return {"success": "done", "warning": "action", "error": "late"}.get(message.level_tag, "waiting")


@register.simple_tag
def status_icon(state: str) -> SafeString:
    return icons.icon_svg(pieces.STATES[state][2])


@register.simple_tag
def status(state: str, th: str = "", en: str = "") -> SafeString:
    """State as colour, icon and word together. Own words need both languages."""
    default_th, default_en, sign = pieces.STATES[state]
    words = wording.say(th, en) if th or en else wording.say(default_th, default_en)
    return format_html('<strong class="status is-{}">{}<span>{}</span></strong>', state, icons.icon_svg(sign), words)


@register.simple_tag
def status_words(state: str, words: str = "") -> SafeString:
    """As `status`, with words already in the reader's language (components use it)."""
    return status(state, words, words) if words else status(state)


@register.simple_tag
def promise(due_on: date, days_left: int, unit: promises.Unit = "working", paused: bool = False) -> SafeString:
    state = promises.promise_state(days_left, paused=paused)
    return format_html(
        '<time class="promise is-{}" datetime="{}">{}<span>{}</span></time>',
        state,
        due_on.isoformat(),
        icons.icon_svg(pieces.STATES[state][2]),
        promises.promise_text(due_on, days_left, unit=unit, paused=paused),
    )


# --- doing something --------------------------------------------------------------------------------------


@register.inclusion_tag(PARTS + "button.html")
def button(th: str, en: str, kind: str = "primary", **attributes: Any) -> dict[str, Any]:
    """Attributes: href, name, value, form, formaction, id, key, icon."""
    unknown = attributes.keys() - {"href", "name", "value", "form", "formaction", "id", "key", "icon"}
    if unknown:
        raise template.TemplateSyntaxError(f"button does not know {sorted(unknown)}")
    return {"words": wording.say(th, en), "kind": kind, **attributes}


@register.inclusion_tag(PARTS + "field.html")
def field(bound: BoundField, width: str = "", **options: Any) -> dict[str, Any]:
    """Options: heading, unknown, why, prefix, suffix, optional, inline."""
    marks_optional = options.pop("optional", True) and not bound.field.required
    ticked = bool(bound.form.data.get(f"{bound.html_name}__unknown")) if bound.form.is_bound else False
    return {
        "field": fields.present(bound, width=width),
        "marks_optional": marks_optional,
        "ticked": ticked,
        **options,
    }


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    found = [
        {"href": fields.first_input_id(form[name]) if name in form.fields else "", "text": str(error)}
        for form in forms
        if form.is_bound
        for name, errors in form.errors.items()
        for error in errors
    ]
    return {"found": found}


@register.simple_tag
def autosave_status() -> SafeString:
    """Where autosave says that what was typed is kept; put it inside the form."""
    return format_html(
        '<span class="soft" role="status" data-autosave-status data-saved="{}" data-unsaved="{}"></span>',
        wording.say("บันทึกแล้ว ปิดหน้านี้ได้ ไม่หาย", "Saved. You can close this page; nothing is lost"),
        wording.say("ยังบันทึกไม่ได้ เราจะลองใหม่เอง", "Not saved yet. We keep trying"),
    )


# --- showing many things ----------------------------------------------------------------------------------


@register.inclusion_tag(PARTS + "summary_list.html")
def summary_list(rows: Iterable[pieces.Row]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag(PARTS + "facts.html")
def facts(rows: Iterable[pieces.Row]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag(PARTS + "figures.html")
def figures(rows: Iterable[pieces.Row]) -> dict[str, Any]:
    """Large numbers with their labels; `note` says when and how they were counted."""
    return {"rows": rows}


@register.inclusion_tag(PARTS + "timeline.html")
def timeline(events: Iterable[pieces.Event]) -> dict[str, Any]:
    return {"events": events}


@register.inclusion_tag(PARTS + "task_list.html")
def task_list(tasks: Iterable[pieces.Task]) -> dict[str, Any]:
    return {"tasks": tasks}


@register.inclusion_tag(PARTS + "table.html", takes_context=True)
def table(context: template.Context, table: pieces.Table) -> dict[str, Any]:
    return {"table": table, "request": context.get("request")}


@register.inclusion_tag(PARTS + "sort_header.html", takes_context=True)
def sort_header(context: template.Context, th: str, en: str, key: str, is_number: bool = False) -> dict[str, Any]:
    request = context.get("request")
    return {"words": wording.say(th, en), "is_number": is_number, **navigation.sorting(request, key)}


@register.inclusion_tag(PARTS + "sort_header.html", takes_context=True)
def column_header(context: template.Context, column: pieces.Column) -> dict[str, Any]:
    sorting = navigation.sorting(context.get("request"), column.key) if column.key else {}
    return {"words": column.label, "is_number": column.is_number, **sorting}


@register.inclusion_tag(PARTS + "chips.html")
def chips(chips: Sequence[pieces.Chip], clear_url: str = "") -> dict[str, Any]:
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag(PARTS + "tabs.html")
def tabs(tabs: Iterable[pieces.Tab], label: str = "") -> dict[str, Any]:
    return {"tabs": tabs, "label": label}


@register.inclusion_tag(PARTS + "nav_link.html", takes_context=True)
def nav_link(
    context: template.Context, url: str, th: str, en: str, count: int | None = None, exact: bool = False
) -> dict[str, Any]:
    """`exact` for an address that others begin with, such as a front page."""
    here = navigation.is_within(context.get("request"), url, exact=exact)
    return {"url": url, "words": wording.say(th, en), "count": count, "is_current": here}


@register.inclusion_tag(PARTS + "pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Page[Any] | None = None, previous_url: str = "", next_url: str = ""
) -> dict[str, Any]:
    """A Django page, or the two addresses where counting all rows would cost too much."""
    request = context.get("request")
    if page is not None:
        previous_url = navigation.with_page(request, page.previous_page_number()) if page.has_previous() else ""
        next_url = navigation.with_page(request, page.next_page_number()) if page.has_next() else ""
    return {"page": page, "previous_url": previous_url, "next_url": next_url}


@register.inclusion_tag(PARTS + "photo_grid.html")
def photo_grid(photos: Iterable[pieces.Photo]) -> dict[str, Any]:
    return {"photos": photos}


@register.inclusion_tag(PARTS + "steps.html")
def steps(step: int, steps: int) -> dict[str, Any]:
    return {"step": step, "steps": steps, "cells": range(1, steps + 1) if steps <= 14 else ()}


@register.inclusion_tag(PARTS + "empty_state.html")
def empty_state(
    th: str,
    en: str,
    body_th: str = "",
    body_en: str = "",
    href: str = "",
    link_th: str = "",
    link_en: str = "",
) -> dict[str, Any]:
    body = wording.say(body_th, body_en) if body_th or body_en else ""
    link = wording.say(link_th, link_en) if href else ""
    return {"words": wording.say(th, en), "body": body, "href": href, "link": link}


@register.inclusion_tag(PARTS + "loading.html")
def loading() -> dict[str, Any]:
    return {}


@register.inclusion_tag(PARTS + "offline.html")
def offline() -> dict[str, Any]:
    return {}


# --- frames around other content --------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, tone: str = "") -> SafeString:
    return render_to_string(PARTS + "card.html", {"content": content, "title": title, "level": level, "tone": tone})


@register.simple_block_tag
def hero(content: str, title: str) -> SafeString:
    """The top of a front page, with the comb behind it; holds the h1."""
    return render_to_string(PARTS + "hero.html", {"content": content, "title": title})


@register.simple_block_tag
def banner(content: str, tone: str = "waiting", title: object = "") -> SafeString:
    words = str(title) or wording.say(*pieces.STATES[tone][:2])
    sign = pieces.STATES[tone][2]
    return render_to_string(PARTS + "banner.html", {"content": content, "tone": tone, "title": words, "sign": sign})


@register.simple_block_tag
def details(content: str, th: str, en: str) -> SafeString:
    return render_to_string(PARTS + "details.html", {"content": content, "words": wording.say(th, en)})


@register.simple_block_tag
def panel(content: str, th: str, en: str) -> SafeString:
    return render_to_string(PARTS + "panel.html", {"content": content, "words": wording.say(th, en)})


@register.simple_block_tag
def live(content: str, url: str, every: int = 10, events: str = "", etag: str = "") -> SafeString:
    """`etag` names the version that is on the page already, so that the first question need not bring it again."""
    context = {"content": content, "url": url, "every": every, "events": events, "etag": etag}
    return render_to_string(PARTS + "live.html", context)
