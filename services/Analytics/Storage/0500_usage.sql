-- Figures per organisation and UTC day. No prompt text, no person.
CREATE TABLE usage_days (
    org_id        uuid NOT NULL,
    day           date NOT NULL,
    enhancements  int NOT NULL DEFAULT 0,
    degraded      int NOT NULL DEFAULT 0,
    tokens_before bigint NOT NULL DEFAULT 0,
    tokens_after  bigint NOT NULL DEFAULT 0,
    total_ms      double precision NOT NULL DEFAULT 0,
    feedback_up   int NOT NULL DEFAULT 0,
    feedback_down int NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, day)
);

-- The rating that counts for each enhancement: of feedback that arrives in any order, the newest wins.
CREATE TABLE ratings (
    org_id         uuid NOT NULL,
    enhancement_id uuid NOT NULL,
    rating         text NOT NULL,
    rated_at       timestamptz NOT NULL,
    event_id       uuid NOT NULL,
    PRIMARY KEY (org_id, enhancement_id)
);

ALTER TABLE usage_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_days FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_days USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

ALTER TABLE ratings ENABLE ROW LEVEL SECURITY;
ALTER TABLE ratings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ratings USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON usage_days, ratings TO ${app_role};
