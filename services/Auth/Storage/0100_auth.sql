-- Organisations, their API keys, the platform's signing keys and what was revoked.
-- Row-level security is forced. Besides the organisation's own policy, each purpose of the platform (app.platform) has
-- a policy of its own that opens no more than that purpose needs.

CREATE TABLE organizations (
    org_id      uuid PRIMARY KEY,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    is_operator boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL
);
-- The platform has one operator.
CREATE UNIQUE INDEX organizations_operator ON organizations (is_operator) WHERE is_operator;

CREATE TABLE api_keys (
    key_id        uuid PRIMARY KEY,
    org_id        uuid NOT NULL REFERENCES organizations,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    prefix        text NOT NULL CHECK (prefix IN ('pp_live_', 'pp_test_')),
    last_four     text NOT NULL CHECK (length(last_four) = 4),
    secret_sha256 bytea NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
    scopes        text[] NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz,
    revoked_at    timestamptz,
    last_used_at  timestamptz
);
CREATE INDEX api_keys_page ON api_keys (org_id, key_id);

CREATE TABLE signing_keys (
    key_id      uuid PRIMARY KEY,
    sealed      bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    active_from timestamptz NOT NULL
);

CREATE TABLE revocations (
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    org_id     uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('key', 'session', 'organization')),
    id         text NOT NULL,
    revoked_at timestamptz NOT NULL
);
CREATE INDEX revocations_age ON revocations (revoked_at);

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organizations FOR SELECT USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
-- The operator sees and creates every organisation; nobody changes or deletes one yet.
CREATE POLICY operator_read ON organizations FOR SELECT USING (current_setting('app.platform', true) = 'operator');
CREATE POLICY operator_create ON organizations FOR INSERT WITH CHECK (current_setting('app.platform', true) = 'operator');

ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_keys USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
-- An organisation is born with a key; the operator cannot read the keys of others.
CREATE POLICY operator_create ON api_keys FOR INSERT WITH CHECK (current_setting('app.platform', true) = 'operator');
-- Whoever holds a secret finds its one row, before the organisation is known: the hash must be named in app.key_sha256.
CREATE POLICY key_lookup ON api_keys FOR SELECT USING (
    current_setting('app.platform', true) = 'key-lookup'
    AND secret_sha256 = decode(nullif(current_setting('app.key_sha256', true), ''), 'hex'));

ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY signing ON signing_keys USING (current_setting('app.platform', true) = 'signing');

ALTER TABLE revocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE revocations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON revocations FOR INSERT WITH CHECK (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY feed_read ON revocations FOR SELECT USING (current_setting('app.platform', true) = 'revocations');
CREATE POLICY feed_clean ON revocations FOR DELETE USING (current_setting('app.platform', true) = 'revocations');

-- A database may grant everything on new tables by default: take it back, then give what is needed.
REVOKE ALL ON organizations, api_keys, signing_keys, revocations FROM ${app_role};
GRANT SELECT, INSERT ON organizations TO ${app_role};
GRANT SELECT, INSERT ON api_keys TO ${app_role};
GRANT UPDATE (revoked_at, last_used_at) ON api_keys TO ${app_role};
GRANT SELECT, INSERT, DELETE ON signing_keys TO ${app_role};
GRANT SELECT, INSERT, DELETE ON revocations TO ${app_role};
