-- The order in which the dispatcher takes what is unsent. Without it every batch sorts the whole backlog, and to drain n events costs n².
CREATE INDEX outbox_next ON outbox (least(attempts, 5), created_at, event_id) WHERE sent_at IS NULL;
DROP INDEX outbox_unsent;
