-- When an enhancement was first told to be a success: feedback that says so once more does not make it a later one.
CREATE FUNCTION tells_success(outcome text, rating smallint, stars smallint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN outcome = 'completed' THEN true WHEN outcome = 'failed' THEN false
                WHEN rating = 1 THEN true WHEN rating = -1 THEN false
                WHEN stars >= 4 THEN true WHEN stars <= 2 THEN false END
$$;

ALTER TABLE enhancement_facts DROP COLUMN succeeded;
ALTER TABLE enhancement_facts
    ADD COLUMN succeeded boolean GENERATED ALWAYS AS (tells_success(outcome, rating, stars)) STORED,
    ADD COLUMN success_at timestamptz;

-- Of rows that are here only the newest feedback is known. Row-level security would hide them from their owner.
ALTER TABLE enhancement_facts NO FORCE ROW LEVEL SECURITY;
UPDATE enhancement_facts SET success_at = feedback_at WHERE succeeded;
ALTER TABLE enhancement_facts FORCE ROW LEVEL SECURITY;
