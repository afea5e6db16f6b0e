"""Names of those who are credited."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.models import Organisation, Person

register = template.Library()


@register.simple_tag
def named(who: Person | Organisation | None, left: str = "") -> SafeString:
    """The name, linked to the page of an organisation, or of a person who agreed to be listed.

    For an account that is gone: `left`, or "somebody who left" where that stands within a sentence.
    """
    if who is None:
        return conditional_escape(left or _("somebody who left"))
    if isinstance(who, Organisation) or (who.is_listed and not who.merged_into_id):
        return format_html('<a href="{}">{}</a>', who.get_absolute_url(), who)
    return conditional_escape(str(who))
