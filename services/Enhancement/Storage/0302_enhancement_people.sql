-- Who asked, so that a person's enhancements can be exported and erased: the caller's id, and a hash of the end user that metadata named.

ALTER TABLE enhancements ADD COLUMN actor text NOT NULL DEFAULT '';
ALTER TABLE enhancements ADD COLUMN end_user_hash bytea;

CREATE INDEX enhancements_actor ON enhancements (org_id, actor, enhancement_id);
CREATE INDEX enhancements_end_user ON enhancements (org_id, end_user_hash, enhancement_id) WHERE end_user_hash IS NOT NULL;
