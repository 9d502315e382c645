"""`make sbom`: everything that an installation is made of, as a CycloneDX list, each part with its licence."""
