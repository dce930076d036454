// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

/**
 * What a server answers to one query. The driver stamps the time of each call as it comes. {@link
 * #closed} or {@link #failed} is the last call.
 */
public interface QueryListener {
  /** Interim text. */
  void partial(String text);

  /** A final. A server that finds several utterances in one query sends several. */
  void answered(FinalAnswer answer);

  /** The query, or an utterance in it, was refused for lack of capacity. */
  void refused(Refusal refusal);

  /** The stream ended as it should. */
  void closed();

  /**
   * The stream broke.
   *
   * @param code e.g. a gRPC status or a WebSocket close code; becomes a row of the report
   */
  void failed(String code);
}
