-- Funnels read whose an event is, what, when and in which order it came: all from the index, whosever rows lie beside it in the table.
DROP INDEX events_by_name;
CREATE INDEX events_by_name ON events (org_id, name, at) INCLUDE (actor_key, arrival);
