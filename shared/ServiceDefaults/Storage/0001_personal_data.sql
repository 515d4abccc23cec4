-- What every service keeps of requests to export or to erase the data of a person or of an organisation.

-- Whose data were erased: a keyed hash of the actor, empty for the organisation as a whole. Stays for ever, so that what comes late is dropped.
CREATE TABLE erased_subjects (
    org_id     uuid NOT NULL,
    subject    bytea NOT NULL,
    erased_at  timestamptz NOT NULL,
    PRIMARY KEY (org_id, subject)
);

-- The work of a request, a step at a time: source and cursor say how far it is, found what it counted by source.
CREATE TABLE personal_data_jobs (
    org_id      uuid NOT NULL,
    request_id  uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('export', 'erasure')),
    subject     bytea NOT NULL,
    actor       bytea,
    source      int NOT NULL DEFAULT 0,
    cursor      text[],
    found       jsonb NOT NULL DEFAULT '{}',
    parts       int NOT NULL DEFAULT 0,
    sweeps      int NOT NULL DEFAULT 0,
    next_run_at timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (org_id, request_id)
);
CREATE INDEX personal_data_jobs_due ON personal_data_jobs (next_run_at);

-- What an export found: NDJSON, encrypted with the organisation's data key.
CREATE TABLE personal_data_parts (
    org_id     uuid NOT NULL,
    request_id uuid NOT NULL,
    part       int NOT NULL,
    content    bytea NOT NULL,
    PRIMARY KEY (org_id, request_id, part),
    FOREIGN KEY (org_id, request_id) REFERENCES personal_data_jobs ON DELETE CASCADE
);
ALTER TABLE personal_data_parts ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE erased_subjects ENABLE ROW LEVEL SECURITY;
ALTER TABLE erased_subjects FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON erased_subjects USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

ALTER TABLE personal_data_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE personal_data_jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON personal_data_jobs USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY due_read ON personal_data_jobs FOR SELECT USING (current_setting('app.platform', true) = 'personal-data');

ALTER TABLE personal_data_parts ENABLE ROW LEVEL SECURITY;
ALTER TABLE personal_data_parts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON personal_data_parts USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT ON erased_subjects TO ${app_role};
GRANT SELECT, INSERT, UPDATE, DELETE ON personal_data_jobs, personal_data_parts TO ${app_role};
