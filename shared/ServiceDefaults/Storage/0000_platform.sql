-- What every service's database has: data keys, idempotency keys, outbox and inbox.
-- ${app_role} owns nothing; row-level security is forced, so even the owner sees only the organisation of app.org_id.

CREATE TABLE data_keys (
    key_id     uuid PRIMARY KEY,
    org_id     uuid NOT NULL,
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE UNIQUE INDEX data_keys_current ON data_keys (org_id) WHERE retired_at IS NULL;

CREATE TABLE idempotency_keys (
    org_id      uuid NOT NULL,
    principal   text NOT NULL,
    key         text NOT NULL,
    fingerprint bytea NOT NULL,
    answer      bytea,
    subject     uuid,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (org_id, principal, key)
);
CREATE INDEX idempotency_keys_subject ON idempotency_keys (org_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE outbox (
    event_id   uuid PRIMARY KEY,
    org_id     uuid NOT NULL,
    type       text NOT NULL,
    payload    jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at    timestamptz,
    attempts   int NOT NULL DEFAULT 0
);
CREATE INDEX outbox_unsent ON outbox (created_at, event_id) WHERE sent_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

CREATE TABLE inbox (
    consumer    text NOT NULL,
    event_id    uuid NOT NULL,
    org_id      uuid NOT NULL,
    consumed_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_age ON inbox (consumed_at);

-- Ciphertext does not compress; trying costs more than the insert.
ALTER TABLE idempotency_keys ALTER COLUMN answer SET STORAGE EXTERNAL;

ALTER TABLE data_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON data_keys USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY housekeeping_read ON idempotency_keys FOR SELECT USING (current_setting('app.platform', true) = 'housekeeping');
CREATE POLICY housekeeping_delete ON idempotency_keys FOR DELETE USING (current_setting('app.platform', true) = 'housekeeping');

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY dispatch ON outbox USING (current_setting('app.platform', true) IN ('dispatch', 'housekeeping'))
    WITH CHECK (current_setting('app.platform', true) = 'dispatch');

ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inbox USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY housekeeping_read ON inbox FOR SELECT USING (current_setting('app.platform', true) = 'housekeeping');
CREATE POLICY housekeeping_delete ON inbox FOR DELETE USING (current_setting('app.platform', true) = 'housekeeping');

GRANT SELECT, INSERT, UPDATE, DELETE ON data_keys, idempotency_keys, outbox, inbox TO ${app_role};
