"""`gipr sites`: the profiles that are there, and what is wrong with them."""

from __future__ import annotations

import json

from gipr_crawl.commands.terminal import safe, say, warn
from gipr_crawl.sites import load_profiles


def list_sites(*, as_json: bool) -> None:
    """A line a profile: name, family, region, shown name; faulty profiles are named on stderr."""
    profiles, errors = load_profiles()
    if as_json:
        rows = [
            {
                "name": profile.name,
                "title": profile.title,
                "family": profile.family,
                "region": profile.region,
                "enabled": profile.enabled,
                "start": list(profile.start),
            }
            for profile in profiles
        ]
        say(json.dumps(rows, ensure_ascii=False))
    else:
        width = max((len(profile.name) for profile in profiles), default=4)
        for profile in profiles:
            state = "" if profile.enabled else "  (switched off)"
            say(
                f"{profile.name:<{width}}  {profile.family:<8} {profile.region or '-':<6}  {safe(profile.title)}{state}"
            )
    if errors:
        warn(f"gipr: {len(errors)} faults in site profiles; `gipr sites check` names them")


def check_sites() -> bool:
    """Print every fault as file, key and reason; True if there is none."""
    profiles, errors = load_profiles()
    for error in errors:
        warn(f"gipr: {safe(error)}")
    say(f"{len(profiles)} site profiles are good, {len(errors)} faults")
    return not errors
