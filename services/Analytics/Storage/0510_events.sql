-- What happened in products and on the platform. No prompt text: names and values are short.
CREATE SEQUENCE events_arrival;

CREATE TABLE events (
    org_id     uuid NOT NULL,
    event_id   uuid NOT NULL,
    at         timestamptz NOT NULL,
    arrival    bigint NOT NULL DEFAULT nextval('events_arrival'),
    name       text NOT NULL,
    actor      text,
    -- Questions group by actor; sixteen bytes sort and travel faster than a name.
    actor_key  uuid GENERATED ALWAYS AS (md5(actor)::uuid) STORED,
    properties jsonb NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX events_by_name ON events (org_id, name, at);

-- The ids that count as seen. Events are partitioned by their day, which a sender may change; their ids are not.
CREATE TABLE event_ids (
    org_id      uuid NOT NULL,
    event_id    uuid NOT NULL,
    fingerprint bigint NOT NULL,
    seen_at     timestamptz NOT NULL,
    PRIMARY KEY (org_id, event_id)
);
CREATE INDEX event_ids_age ON event_ids (seen_at);

-- Counts per quarter of an hour, of which the hours and days of every time zone are made.
CREATE TABLE event_quarters (
    org_id  uuid NOT NULL,
    name    text NOT NULL,
    quarter timestamptz NOT NULL,
    events  bigint NOT NULL,
    PRIMARY KEY (org_id, name, quarter)
);

-- How long an organisation keeps its events, where that is less than the platform does.
CREATE TABLE event_retention (
    org_id uuid PRIMARY KEY,
    days   int NOT NULL CHECK (days > 0)
);

ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON events USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

ALTER TABLE event_ids ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_ids FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event_ids USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY retention_read ON event_ids FOR SELECT USING (current_setting('app.platform', true) = 'event-retention');
CREATE POLICY retention_delete ON event_ids FOR DELETE USING (current_setting('app.platform', true) = 'event-retention');

ALTER TABLE event_quarters ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_quarters FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event_quarters USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY retention_read ON event_quarters FOR SELECT USING (current_setting('app.platform', true) = 'event-retention');
CREATE POLICY retention_delete ON event_quarters FOR DELETE USING (current_setting('app.platform', true) = 'event-retention');

ALTER TABLE event_retention ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_retention FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event_retention USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY retention_read ON event_retention FOR SELECT USING (current_setting('app.platform', true) = 'event-retention');

-- The application role owns nothing, so days come and go through these two functions of the owner. A day is a UTC day.
CREATE FUNCTION make_event_day(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part text := 'events_' || to_char(day, 'YYYYMMDD');
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Made apart and then attached: that does not wait for questions that are being answered.
    EXECUTE format('CREATE TABLE %I (LIKE events INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES)', part);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
        day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    RETURN true;
END $$;

-- Drops at most ten days per call, so that no call holds its locks for long.
CREATE FUNCTION drop_event_days(before date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    dropped int := 0;
BEGIN
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'events'::regclass AND c.relname < 'events_' || to_char(before, 'YYYYMMDD') ORDER BY 1 LIMIT 10
    LOOP
        EXECUTE format('DROP TABLE %I', part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION make_event_day(date), drop_event_days(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_event_day(date), drop_event_days(date) TO ${app_role};
GRANT USAGE ON SEQUENCE events_arrival TO ${app_role};
GRANT SELECT, INSERT, UPDATE, DELETE ON events, event_ids, event_quarters, event_retention TO ${app_role};
