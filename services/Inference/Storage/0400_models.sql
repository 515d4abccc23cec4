-- Versions of the prompt model. A version belongs to the platform, not to an organisation, and never changes but for its stage and predecessor.
CREATE TABLE models (
    version       text PRIMARY KEY CHECK (version ~ '^[0-9a-f]{16}$'),
    stage         text NOT NULL CHECK (stage IN ('candidate', 'shadow', 'canary', 'production', 'retired')),
    -- Counts the changes of the stage; the caller's etag.
    revision      bigint NOT NULL DEFAULT 1,
    -- What it took the place of when it was promoted; a rollback goes back there.
    predecessor   text REFERENCES models,
    -- [{name, sha256, sizeBytes}], in the order of the names.
    files         jsonb NOT NULL,
    metrics       jsonb NOT NULL,
    -- {dataHash, codeCommit, trainedAt, parameters, environment}
    lineage       jsonb NOT NULL,
    registered_by text NOT NULL,
    registered_at timestamptz NOT NULL,
    staged_at     timestamptz NOT NULL
);
-- One version serves.
CREATE UNIQUE INDEX models_production ON models (stage) WHERE stage = 'production';
CREATE INDEX models_page ON models (registered_at DESC, version DESC);

-- Who changed which stage, and why. Rows are added and never changed.
CREATE TABLE model_changes (
    change_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    text NOT NULL REFERENCES models,
    from_stage text,
    to_stage   text NOT NULL,
    actor      text NOT NULL,
    reason     text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX model_changes_of_version ON model_changes (version, change_id);

ALTER TABLE models ENABLE ROW LEVEL SECURITY;
ALTER TABLE models FORCE ROW LEVEL SECURITY;
CREATE POLICY registry ON models USING (current_setting('app.platform', true) = 'models');
ALTER TABLE model_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY registry ON model_changes USING (current_setting('app.platform', true) = 'models');

-- A database may grant everything on new tables by default: take it back, then give what is needed.
REVOKE ALL ON models, model_changes FROM ${app_role};
GRANT SELECT, INSERT ON models TO ${app_role};
GRANT UPDATE (stage, revision, predecessor, staged_at) ON models TO ${app_role};
GRANT SELECT, INSERT ON model_changes TO ${app_role};
