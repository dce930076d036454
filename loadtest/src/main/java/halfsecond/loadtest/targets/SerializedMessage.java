// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message that is bytes already, handed to the transport without building or copying anything:
 * the generator shares its processors with the server that it measures. For one reader.
 */
final class SerializedMessage extends InputStream implements KnownLength, Drainable {
  private ByteString rest;
  private @Nullable InputStream reading;

  private SerializedMessage(ByteString bytes) {
    rest = bytes;
  }

  /** The method with requests that are bytes already. */
  static <Q, R> MethodDescriptor<ByteString, R> method(MethodDescriptor<Q, R> typed) {
    return typed.toBuilder(new Requests(), typed.getResponseMarshaller()).build();
  }

  /**
   * The message of which {@code audio} is the field number 2, as in the speech API's and the
   * recognition API's requests. Shares the audio.
   */
  static ByteString audioField(ByteString audio) {
    int length = audio.size();
    byte[] prefix = new byte[6];
    int at = 0;
    prefix[at++] = (2 << 3) | 2;
    while (length >= 0x80) {
      prefix[at++] = (byte) ((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    prefix[at++] = (byte) length;
    return ByteString.copyFrom(prefix, 0, at).concat(audio);
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    if (reading != null) {
      return Math.toIntExact(reading.transferTo(target));
    }
    int size = rest.size();
    rest.writeTo(target);
    rest = ByteString.EMPTY;
    return size;
  }

  @Override
  public int read() throws IOException {
    return stream().read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return stream().read(target, offset, length);
  }

  @Override
  public int available() throws IOException {
    return reading == null ? rest.size() : reading.available();
  }

  private InputStream stream() {
    if (reading == null) {
      reading = rest.newInput();
      rest = ByteString.EMPTY;
    }
    return reading;
  }

  private static final class Requests implements MethodDescriptor.Marshaller<ByteString> {
    @Override
    public InputStream stream(ByteString message) {
      return new SerializedMessage(message);
    }

    @Override
    public ByteString parse(InputStream stream) {
      throw new UnsupportedOperationException("requests are only sent");
    }
  }
}
