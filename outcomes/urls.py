from django.urls import path

from outcomes import views

urlpatterns = [path("promises/", views.promises, name="promises")]
