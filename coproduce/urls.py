"""Every address of the site. Each is listed in access.toml with who may open it."""

from django.urls import include, path

from coproduce import views, wellknown, work_views
from coproduce.desk import views as desk
from coproduce.watching import views as watching

urlpatterns = [
    path("", views.front, name="front"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("components/", views.components, name="components"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("mail/", views.shown_mail, name="shown_mail"),
    path("security/", wellknown.security, name="security"),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
    path(".well-known/change-password", wellknown.change_password, name="change_password"),
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.numbers, name="metrics"),
    path("work/", work_views.work, name="work"),
    path("desk/", desk.desk, name="desk"),
    path("desk/queue/", desk.queue, name="queue"),
    path("", include("people.urls")),
    path("account/", include("allauth.urls")),
    path("", include("archive.urls")),
    path("", include("journal.urls")),
    path("", include("outcomes.urls")),
    path("", include("responses.urls")),
    path("", include("events.urls")),
    path("", include("principles.urls")),
]

handler500 = "coproduce.views.broken"
