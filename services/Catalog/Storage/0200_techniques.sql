-- Techniques: public ones belong to no organisation (org_id NULL), others to the organisation that made them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

CREATE TABLE techniques (
    org_id     uuid,
    id         text COLLATE "C" NOT NULL,
    family     text NOT NULL,
    apply_mode text NOT NULL,
    intents    text[] NOT NULL,
    content    jsonb NOT NULL,
    -- What search reads: weighted lexemes, all plain words for spelling, and the heading for similarity.
    search     tsvector NOT NULL,
    words      text[] NOT NULL,
    heading    text NOT NULL,
    updated_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE UNIQUE INDEX techniques_id ON techniques (org_id, id) NULLS NOT DISTINCT;
CREATE INDEX techniques_search ON techniques USING gin (search);

-- Editions of the seed that this database has had.
CREATE TABLE catalog_seeds (
    revision   int NOT NULL,
    hash       text NOT NULL,
    seeded_at  timestamptz NOT NULL,
    PRIMARY KEY (revision, hash)
);

-- Counts the changes of techniques, whoever makes them, so that a look at one row tells whether a snapshot is stale.
CREATE TABLE catalog_changes (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    count    bigint NOT NULL
);
INSERT INTO catalog_changes (count) VALUES (0);

CREATE FUNCTION count_catalog_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog_changes SET count = count + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER techniques_changed AFTER INSERT OR UPDATE OR DELETE ON techniques
    FOR EACH STATEMENT EXECUTE FUNCTION count_catalog_change();

ALTER TABLE techniques ENABLE ROW LEVEL SECURITY;
ALTER TABLE techniques FORCE ROW LEVEL SECURITY;
CREATE POLICY public_read ON techniques FOR SELECT USING (org_id IS NULL);
CREATE POLICY tenant ON techniques USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY seed ON techniques USING (org_id IS NULL AND current_setting('app.platform', true) = 'seed');

GRANT SELECT, INSERT, UPDATE, DELETE ON techniques TO ${app_role};
GRANT SELECT, INSERT, UPDATE ON catalog_seeds TO ${app_role};
GRANT SELECT, UPDATE ON catalog_changes TO ${app_role};
