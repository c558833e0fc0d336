"""What every test shares: how hypothesis runs."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "plain",
    deadline=None,  # machines differ; slowness is measured in tests/load
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("plain")

collect_ignore_glob = ["tools/*", "load/*"]  # programs, run by hand
