"""The spiders: `portal`, driven by a site profile."""
