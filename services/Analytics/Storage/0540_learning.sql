-- What an organisation wants of learning. Without a row personalisation is off and every outcome counts.
CREATE TABLE learning_settings (
    org_id          uuid PRIMARY KEY,
    personalization boolean NOT NULL DEFAULT false,
    reset_at        timestamptz,
    updated_at      timestamptz NOT NULL,
    updated_by      text NOT NULL
);

-- Sums over all organisations, only where nobody can be recognised in them (Learning/CommonBelief.cs); written anew as a whole.
CREATE TABLE learning_common (
    technique                     text NOT NULL,
    intent                        text NOT NULL,
    target                        text NOT NULL,
    organizations                 int NOT NULL,
    outcomes                      double precision NOT NULL,
    successes                     double precision NOT NULL,
    outcomes_squared              double precision NOT NULL,
    successes_squared_by_outcomes double precision NOT NULL,
    largest                       double precision NOT NULL,
    PRIMARY KEY (technique, intent, target)
);

ALTER TABLE learning_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE learning_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON learning_settings USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
CREATE POLICY learning_read ON learning_settings FOR SELECT USING (current_setting('app.platform', true) = 'learning');
CREATE POLICY learning_read ON enhancement_facts FOR SELECT USING (current_setting('app.platform', true) = 'learning');

CREATE INDEX enhancement_facts_judged ON enhancement_facts (org_id, at) WHERE succeeded IS NOT NULL;

-- What an enhancement says of each technique it applied, and of "*", whatever was applied: its outcome, parted evenly among the techniques.
-- Which of several techniques a variation had is not known, so an enhancement whose variation was chosen says nothing.
-- Decimals, so that the order in which they are added does not matter. Half-life in days; 0: nothing is forgotten.
CREATE FUNCTION learning_credits(since timestamptz, today timestamptz, half_life int)
RETURNS TABLE (org_id uuid, technique text, intent text, target text, outcomes numeric, successes numeric)
LANGUAGE sql STABLE AS $$
    SELECT g.org_id, t.technique, g.intent, g.target_family, c.credit, CASE WHEN g.succeeded THEN c.credit ELSE 0 END
    FROM (
        -- Like ones are counted first: they are many, and taking arrays apart is what costs.
        SELECT f.org_id, f.intent, f.target_family, f.techniques, f.succeeded, count(*) AS alike,
            CASE WHEN half_life > 0 THEN floor(extract(epoch FROM today - f.at) / 86400) ELSE 0 END AS days
        FROM enhancement_facts f
        WHERE f.succeeded IS NOT NULL AND f.intent <> '' AND f.chosen_variation = '' AND f.at > since
        GROUP BY 1, 2, 3, 4, 5, 7
    ) AS g
    CROSS JOIN LATERAL unnest(array_append(g.techniques, '*')) AS t (technique)
    CROSS JOIN LATERAL (SELECT g.alike * round(
        CASE WHEN t.technique = '*' THEN 1 ELSE 1.0 / cardinality(g.techniques) END
        * CASE WHEN half_life > 0 THEN power(0.5, g.days / half_life) ELSE 1 END, 9) AS credit) AS c
    WHERE c.credit > 0
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON learning_settings, learning_common TO ${app_role};
