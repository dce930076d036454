// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.time.Instant;

/** One document that is kept. */
public final class Document {
  private final String id;
  private final long version;
  private final Instant updated;
  private final byte[] bytes;

  Document(String id, long version, Instant updated, byte[] bytes) {
    this.id = id;
    this.version = version;
    this.updated = updated;
    this.bytes = bytes;
  }

  public String id() {
    return id;
  }

  /** 1 when it was put first, then one more each time. */
  public long version() {
    return version;
  }

  /** When it was put last. */
  public Instant updated() {
    return updated;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }
}
