-- Billable units per organisation and UTC day.
CREATE TABLE usage_units (
    org_id uuid NOT NULL,
    day    date NOT NULL,
    units  int NOT NULL CHECK (units >= 0),
    PRIMARY KEY (org_id, day)
);

ALTER TABLE usage_units ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_units FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_units USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON usage_units TO ${app_role};
