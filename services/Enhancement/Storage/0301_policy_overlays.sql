-- What organisations change of the technique policy: every change is a row of its own, the newest counts; overlay is null where it was taken back.

CREATE TABLE policy_overlays (
    org_id         uuid NOT NULL,
    revision       int NOT NULL,
    overlay        jsonb,
    policy_version text NOT NULL,
    author         text NOT NULL,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (org_id, revision)
);

ALTER TABLE policy_overlays ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_overlays FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON policy_overlays USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT, DELETE ON policy_overlays TO ${app_role};
