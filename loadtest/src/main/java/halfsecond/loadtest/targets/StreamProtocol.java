// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import java.util.List;

/**
 * How one gRPC streaming call carries one query. The audio is the field number 2 of its requests.
 *
 * @param opening messages before the audio
 * @param closing messages after it, before the half-close
 * @param answers tells the listener what a response means
 */
record StreamProtocol<R>(
    MethodDescriptor<ByteString, R> method,
    List<ByteString> opening,
    List<ByteString> closing,
    Answers<R> answers) {
  StreamProtocol {
    opening = List.copyOf(opening);
    closing = List.copyOf(closing);
  }

  /** What responses mean. */
  @FunctionalInterface
  interface Answers<R> {
    /** Tells the listener; true if it was told of a final or a refusal. */
    boolean tell(R response, QueryListener listener);
  }
}
