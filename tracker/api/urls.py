"""The addresses of the API. A version is in the path; what it promises does not change."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from tracker.api import views

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
    path("v1/providers/", views.ProviderList.as_view(), name="api_providers"),
    path("v1/inspections/", views.InspectionList.as_view(), name="api_inspections"),
    path("v1/recommendations/", views.RecommendationList.as_view(), name="api_recommendations"),
    path(
        "v1/recommendations/<int:recommendation_id>/",
        views.RecommendationDetail.as_view(),
        name="api_recommendation",
    ),
    path(
        "v1/recommendations/<int:recommendation_id>/timeline/",
        views.RecommendationTimeline.as_view(),
        name="api_timeline",
    ),
]
