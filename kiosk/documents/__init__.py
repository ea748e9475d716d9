"""A4 documents: what they say as plain values, and the typesetter that makes PDFs of them."""
