-- Addresses that events are sent to, and what was sent. Secrets are encrypted with the organisation's data key; events carry no prompt text.
CREATE TABLE webhooks (
    org_id                uuid NOT NULL,
    webhook_id            uuid NOT NULL,
    revision              int NOT NULL DEFAULT 1,
    url                   text NOT NULL,
    events                text[] NOT NULL,
    description           text NOT NULL,
    enabled               boolean NOT NULL DEFAULT true,
    disabled_reason       text NOT NULL DEFAULT '',
    consecutive_failures  int NOT NULL DEFAULT 0,
    failing_since         timestamptz,
    last_success_at       timestamptz,
    secret                bytea NOT NULL,
    previous_secret       bytea,
    previous_secret_until timestamptz,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    PRIMARY KEY (org_id, webhook_id)
);

CREATE TABLE webhook_deliveries (
    org_id          uuid NOT NULL,
    webhook_id      uuid NOT NULL,
    delivery_id     uuid NOT NULL,
    event_id        uuid NOT NULL,
    event_type      text NOT NULL,
    payload         text NOT NULL,
    replay_of       uuid,
    status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts        int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    -- Whoever sends holds a claim until then; the result of a claim that was lost is not written.
    claim           uuid,
    claimed_until   timestamptz,
    last_attempt_at timestamptz,
    response_status int NOT NULL DEFAULT 0,
    response_start  text NOT NULL DEFAULT '',
    error           text NOT NULL DEFAULT '',
    duration_ms     int NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (org_id, webhook_id, delivery_id),
    FOREIGN KEY (org_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE
);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook_id, event_id) WHERE replay_of IS NULL;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (org_id, webhook_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (org_id, webhook_id) WHERE claim IS NOT NULL;
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);

ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhooks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhooks USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY send_read ON webhooks FOR SELECT USING (current_setting('app.platform', true) = 'webhooks');

ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_deliveries USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY send_read ON webhook_deliveries FOR SELECT USING (current_setting('app.platform', true) = 'webhooks');
CREATE POLICY send_claim ON webhook_deliveries FOR UPDATE USING (current_setting('app.platform', true) = 'webhooks');
CREATE POLICY send_forget ON webhook_deliveries FOR DELETE USING (current_setting('app.platform', true) = 'webhooks');

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_deliveries TO ${app_role};
