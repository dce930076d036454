// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;

/**
 * The way to the server for one query. For one thread at a time; never blocks. Calls after the end
 * do nothing.
 */
public interface QueryStream {
  /** Sends 16 kHz 16-bit little-endian mono audio, whole samples. */
  void audio(ByteString samples);

  /** The speaker has stopped: asks for the final. Nothing is sent after. */
  void finish();

  /** Gives the query up. Nothing is reported after. */
  void cancel();
}
