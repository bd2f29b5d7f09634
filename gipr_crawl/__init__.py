"""Getting pages: spiders, CMS families, the command line."""
