-- One row per enhancement: what it was, and what its newest feedback says of it. No prompt text.
-- The halves come by two events in any order; `at` is null while only feedback is here.
CREATE TABLE enhancement_facts (
    org_id           uuid NOT NULL,
    enhancement_id   uuid NOT NULL,
    at               timestamptz,
    actor            text NOT NULL DEFAULT '',
    intent           text NOT NULL DEFAULT '',
    domain           text NOT NULL DEFAULT '',
    complexity       text NOT NULL DEFAULT '',
    language         text NOT NULL DEFAULT '',
    target_family    text NOT NULL DEFAULT '',
    techniques       text[] NOT NULL DEFAULT '{}',
    words            int,
    -- Empty where an old event did not tell the words.
    length           text NOT NULL GENERATED ALWAYS AS (
        CASE WHEN words IS NULL THEN '' WHEN words <= 20 THEN '1-20' WHEN words <= 100 THEN '21-100' WHEN words <= 400 THEN '101-400' ELSE 'over 400' END) STORED,
    variations       smallint,
    changed          boolean,
    degraded         boolean NOT NULL DEFAULT false,
    tokens_before    int NOT NULL DEFAULT 0,
    tokens_after     int NOT NULL DEFAULT 0,
    score_before     smallint,
    score_after      smallint,
    -- Estimated price of the enhanced prompt as input of its target; null where the target has no known price.
    cost_usd         numeric,
    total_ms         double precision NOT NULL DEFAULT 0,
    experiment_id    text,
    experiment_arm   text,
    -- 1 up, -1 down.
    rating           smallint,
    stars            smallint,
    outcome          text NOT NULL DEFAULT '',
    corrected        boolean NOT NULL DEFAULT false,
    chosen_variation text NOT NULL DEFAULT '',
    feedback_at      timestamptz,
    feedback_event   uuid,
    -- What counts as success everywhere: the outcome where it was told, else the rating, else the stars, of which three say nothing.
    succeeded        boolean GENERATED ALWAYS AS (
        CASE WHEN outcome = 'completed' THEN true WHEN outcome = 'failed' THEN false
             WHEN rating = 1 THEN true WHEN rating = -1 THEN false
             WHEN stars >= 4 THEN true WHEN stars <= 2 THEN false END) STORED,
    PRIMARY KEY (org_id, enhancement_id)
);
CREATE INDEX enhancement_facts_by_time ON enhancement_facts (org_id, at);
CREATE INDEX enhancement_facts_age ON enhancement_facts (coalesce(at, feedback_at));

ALTER TABLE enhancement_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE enhancement_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON enhancement_facts USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY retention_read ON enhancement_facts FOR SELECT USING (current_setting('app.platform', true) = 'event-retention');
CREATE POLICY retention_delete ON enhancement_facts FOR DELETE USING (current_setting('app.platform', true) = 'event-retention');

GRANT SELECT, INSERT, UPDATE, DELETE ON enhancement_facts TO ${app_role};
