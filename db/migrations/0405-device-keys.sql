-- SM4 keys of devices (HJ 212-2025 附录 A), sealed under the installation's key: a copy of this table gives none away.

CREATE TABLE device_key (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mn          text   NOT NULL,
  since       bigint NOT NULL,
  sealed      text,
  fingerprint text,
  given_by    text   NOT NULL,
  given_at    bigint NOT NULL,
  CHECK ((sealed IS NULL) = (fingerprint IS NULL))
);
COMMENT ON TABLE device_key IS 'Ledger: every key a device was ever given. What came under an earlier key stays readable; a row without a key ends the one before it.';
COMMENT ON COLUMN device_key.since IS 'Frames received from this moment (epoch ms) until the next row of the device are opened with it';
COMMENT ON COLUMN device_key.sealed IS 'AES-256-GCM under the key of the installation, bound to the MN';
COMMENT ON COLUMN device_key.fingerprint IS 'First 16 hexadecimal digits of the SHA-256 of the key, for people to compare';
CREATE INDEX device_key_mn ON device_key (mn, since);
GRANT SELECT, INSERT ON device_key TO mingjian_app;
