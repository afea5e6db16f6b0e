"""Names of those who are credited."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from people.models import Organisation, Person

register = template.Library()


@register.simple_tag
def named(who: Person | Organisation) -> SafeString:
    """The name, linked to the page of an organisation, or of a person who agreed to be listed."""
    if isinstance(who, Organisation) or (who.is_listed and not who.merged_into_id):
        return format_html('<a href="{}">{}</a>', who.get_absolute_url(), who)
    return conditional_escape(str(who))
