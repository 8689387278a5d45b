"""The conversion model: trained on what is loaded, judged on what it never saw, and served with its reasons."""
