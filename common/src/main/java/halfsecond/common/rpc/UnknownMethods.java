// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of methods that are not served. The library's own answer has no reason; and by
 * giving all of them one name, the callers' inventions do not become span names and metric
 * attributes.
 */
final class UnknownMethods extends HandlerRegistry {
  private static final ServerMethodDefinition<InputStream, InputStream> DEFINITION =
      ServerMethodDefinition.create(
          MethodDescriptor.<InputStream, InputStream>newBuilder()
              .setType(MethodDescriptor.MethodType.UNKNOWN)
              .setFullMethodName("unknown/unknown")
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build(),
          (call, headers) -> {
            StatusRuntimeException answer =
                Statuses.toException(
                    new SpeechException(
                        Reason.UNIMPLEMENTED, ReasonTable.text(Reason.UNIMPLEMENTED)));
            Metadata trailers = answer.getTrailers();
            call.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
          });

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
    return DEFINITION;
  }

  /** Messages of these calls are never read. */
  private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return new ByteArrayInputStream(new byte[0]);
    }
  }
}
