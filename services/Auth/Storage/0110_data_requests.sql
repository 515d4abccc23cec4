-- Requests to export or to erase data, and the receipts of the services. The actor lies encrypted and goes when an erasure is done.
CREATE TABLE data_requests (
    org_id     uuid NOT NULL,
    request_id uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('export', 'erasure')),
    actor      bytea,
    services   text[] NOT NULL,
    created_at timestamptz NOT NULL,
    done_at    timestamptz,
    PRIMARY KEY (org_id, request_id)
);

CREATE TABLE data_request_receipts (
    org_id     uuid NOT NULL,
    request_id uuid NOT NULL,
    service    text NOT NULL,
    data       jsonb NOT NULL,
    done_at    timestamptz NOT NULL,
    PRIMARY KEY (org_id, request_id, service),
    FOREIGN KEY (org_id, request_id) REFERENCES data_requests
);

ALTER TABLE data_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON data_requests USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY operator_read ON data_requests FOR SELECT USING (current_setting('app.platform', true) = 'operator');

ALTER TABLE data_request_receipts ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_request_receipts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON data_request_receipts USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY operator_read ON data_request_receipts FOR SELECT USING (current_setting('app.platform', true) = 'operator');

-- Names may be those of people: an erasure takes them away.
CREATE POLICY erase ON organizations FOR UPDATE USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE ON data_requests TO ${app_role};
GRANT SELECT, INSERT ON data_request_receipts TO ${app_role};
GRANT UPDATE (name) ON organizations, api_keys TO ${app_role};
