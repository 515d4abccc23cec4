-- History and feedback. Text stands encrypted in answer, corrected_text and comment and nowhere else.

CREATE TABLE enhancements (
    org_id         uuid NOT NULL,
    enhancement_id uuid NOT NULL,
    created_at     timestamptz NOT NULL,
    intent         text NOT NULL,
    domain         text NOT NULL,
    language       text NOT NULL,
    techniques     text[] NOT NULL,
    score_before   int NOT NULL,
    score_after    int NOT NULL,
    degraded       boolean NOT NULL,
    answer         bytea NOT NULL,
    PRIMARY KEY (org_id, enhancement_id)
);

CREATE TABLE feedback (
    org_id           uuid NOT NULL,
    enhancement_id   uuid NOT NULL,
    revision         int NOT NULL,
    rating           text NOT NULL,
    stars            int,
    chosen_variation text NOT NULL,
    outcome          text NOT NULL,
    corrected_text   bytea,
    comment          bytea,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (org_id, enhancement_id),
    FOREIGN KEY (org_id, enhancement_id) REFERENCES enhancements ON DELETE CASCADE
);

-- Ciphertext does not compress; trying costs more than the insert.
ALTER TABLE enhancements ALTER COLUMN answer SET STORAGE EXTERNAL;
ALTER TABLE feedback ALTER COLUMN corrected_text SET STORAGE EXTERNAL;

ALTER TABLE enhancements ENABLE ROW LEVEL SECURITY;
ALTER TABLE enhancements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON enhancements USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

ALTER TABLE feedback ENABLE ROW LEVEL SECURITY;
ALTER TABLE feedback FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON feedback USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON enhancements, feedback TO ${app_role};
