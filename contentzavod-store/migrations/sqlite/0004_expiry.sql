-- How many days before its token's end an account's people were told of it last; NULL: not yet.
ALTER TABLE accounts ADD COLUMN expiry_told INTEGER;

CREATE INDEX accounts_expiry ON accounts (token_expires_at)
  WHERE token IS NOT NULL AND token_expires_at IS NOT NULL;
