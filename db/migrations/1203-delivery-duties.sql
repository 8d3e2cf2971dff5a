-- What an authority still has to do about its deliveries, asked for at every look at its queue: few rows among many that are done with.
CREATE INDEX delivery_duty ON delivery (authority_id, sent_at)
  WHERE state IN ('SENT', 'FAILED') OR (must_confirm AND state IN ('DELIVERED', 'READ'));
