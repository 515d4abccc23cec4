-- Experiments and who took part. No prompt text, no person: a unit is a hash that only its experiment knows.
CREATE TABLE experiments (
    org_id        uuid NOT NULL,
    experiment_id uuid NOT NULL,
    key           text NOT NULL,
    layer         text NOT NULL,
    state         text NOT NULL CHECK (state IN ('draft', 'running', 'stopped')),
    revision      int NOT NULL,
    definition    jsonb NOT NULL,
    -- Ranges of the layer's 10,000 slots: from, to (not included), from, to, ... in the order in which they were taken.
    slots         int[] NOT NULL,
    stopped_arms  jsonb NOT NULL,
    created_at    timestamptz NOT NULL,
    created_by    text NOT NULL,
    started_at    timestamptz,
    stopped_at    timestamptz,
    stop_reason   text NOT NULL,
    PRIMARY KEY (org_id, experiment_id),
    UNIQUE (org_id, key)
);
CREATE INDEX experiments_running ON experiments (experiment_id) WHERE state = 'running';

-- One row per experiment that an enhancement fell under.
CREATE TABLE experiment_exposures (
    org_id         uuid NOT NULL,
    experiment_id  uuid NOT NULL,
    enhancement_id uuid NOT NULL,
    arm            text NOT NULL,
    unit           bigint NOT NULL,
    at             timestamptz NOT NULL,
    PRIMARY KEY (org_id, experiment_id, enhancement_id)
);
CREATE INDEX experiment_exposures_age ON experiment_exposures (at);

ALTER TABLE experiments ENABLE ROW LEVEL SECURITY;
ALTER TABLE experiments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON experiments USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY running_read ON experiments FOR SELECT USING (state = 'running' AND current_setting('app.platform', true) = 'experiments');

ALTER TABLE experiment_exposures ENABLE ROW LEVEL SECURITY;
ALTER TABLE experiment_exposures FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON experiment_exposures USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY retention_read ON experiment_exposures FOR SELECT USING (current_setting('app.platform', true) = 'event-retention');
CREATE POLICY retention_delete ON experiment_exposures FOR DELETE USING (current_setting('app.platform', true) = 'event-retention');

GRANT SELECT, INSERT, UPDATE, DELETE ON experiments, experiment_exposures TO ${app_role};
