-- Arms look for twins that are live and whose media is not named yet.
CREATE INDEX publications_unnamed ON publications (remote_key, caption_key)
  WHERE state = 'published' AND remote_id IS NULL;
