"""Where a report belongs: from scattered evidence to one division of GB/T 2260, or to candidates, never to a guess.

`resolve` weighs what a page says against the gazetteer in `data/reference/places`; `agency_level` names the tier of
government an agency belongs to.
"""

from pipelines.extract.places.levels import agency_level
from pipelines.extract.places.model import Place, PlaceEvidence, Resolution, ScoredPlace
from pipelines.extract.places.resolve import resolve

__all__ = ["Place", "PlaceEvidence", "Resolution", "ScoredPlace", "agency_level", "resolve"]
