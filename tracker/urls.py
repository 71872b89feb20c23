"""The addresses of the pages for reading."""

from django.urls import path

from tracker.views import evidence, inspections, recommendations

urlpatterns = [
    path("", recommendations.start, name="start"),
    path("recommendations/", recommendations.recommendation_list, name="recommendation_list"),
    path(
        "recommendations/<int:recommendation_id>/",
        recommendations.recommendation_detail,
        name="recommendation_detail",
    ),
    path("evidence/<uuid:file_id>/", evidence.evidence_file, name="evidence_file"),
    path(
        "recommendations/<int:recommendation_id>/together/",
        recommendations.recommendation_together,
        name="recommendation_together",
    ),
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path(
        "inspections/<int:inspection_id>/",
        inspections.inspection_detail,
        name="inspection_detail",
    ),
]
