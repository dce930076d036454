// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.util.Map;

/**
 * Something that turns speech into text. Safe for use by any thread; many queries are open at once.
 * Closing it gives up what is open.
 */
public interface Target extends AutoCloseable {
  /** Its word on the command line and in reports, e.g. "halfsecond". */
  String name();

  /**
   * What a reader of the report wants to know about it: model, version, settings. In reading order.
   */
  Map<String, String> facts();

  /**
   * Who finds the end of speech. When the server does, the driver goes on sending silence after the
   * speech, as an open microphone does, until the answer is there. When the client does, the driver
   * calls {@link QueryStream#finish} the endpointing wait after the end of speech.
   */
  boolean serverFindsEnd();

  /**
   * Opens one query. Returns at once; what goes wrong is told to the listener.
   *
   * @param listener called on any thread, one call at a time, possibly before this returns; must
   *     not block
   */
  QueryStream open(QueryListener listener);

  @Override
  void close();
}
