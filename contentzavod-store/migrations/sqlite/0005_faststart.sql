-- The hash of a file as it was uploaded, where its index was moved to the front since.
ALTER TABLE media ADD COLUMN original_sha256 TEXT;
