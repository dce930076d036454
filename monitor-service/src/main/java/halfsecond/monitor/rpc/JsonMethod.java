// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.web.Api;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;

/**
 * One method in JSON: proto3's mapping, fields that are not in the contract refused, defaults left
 * out of answers.
 *
 * @param <Q> its request
 * @param <P> its response
 */
final class JsonMethod<Q extends Message, P extends Message> implements Api.Method {
  private static final int DEADLINE_SECONDS = 30;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Printer ERRORS =
      PRINTER.usingTypeRegistry(
          TypeRegistry.newBuilder()
              .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
              .build());

  private final MethodDescriptor<Q, P> method;
  private final Message prototype;
  private final Channel channel;

  JsonMethod(MethodDescriptor<Q, P> method, Channel channel) {
    this.method = method;
    this.channel = channel;
    this.prototype = prototype(method);
  }

  private static Message prototype(MethodDescriptor<? extends Message, ?> method) {
    if (method.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<?> marshaller
        && marshaller.getMessagePrototype() instanceof Message message) {
      return message;
    }
    throw new IllegalArgumentException(method.getFullMethodName() + " does not take a message");
  }

  String path() {
    return method.getFullMethodName();
  }

  @Override
  public boolean streams() {
    return !method.getType().serverSendsOneMessage();
  }

  @Override
  public Runnable call(String json, Api.Answer answer) {
    Q request;
    try {
      request = parse(json);
    } catch (InvalidProtocolBufferException e) {
      fail(
          answer,
          SpeechException.fieldInvalid("body", "the JSON form of the request's message"),
          Status.Code.INVALID_ARGUMENT);
      return () -> {};
    }
    CallOptions options =
        streams()
            ? CallOptions.DEFAULT
            : CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    ClientCall<Q, P> call = channel.newCall(method, options);
    call.start(new Listener(call, answer), new Metadata());
    call.request(1);
    call.sendMessage(request);
    call.halfClose();
    return () -> call.cancel("the browser is gone", null);
  }

  @SuppressWarnings("unchecked") // The prototype is the marshaller's own.
  private Q parse(String json) throws InvalidProtocolBufferException {
    Message.Builder builder = prototype.newBuilderForType();
    JsonFormat.parser().merge(json, builder);
    return (Q) builder.build();
  }

  private static String print(JsonFormat.Printer printer, Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of the contract has no JSON form", e);
    }
  }

  private static void fail(Api.Answer answer, Throwable thrown, Status.Code code) {
    answer.fail(HttpCodes.of(code), print(ERRORS, Statuses.toProto(thrown)));
  }

  /** Passes on what comes back; one callback at a time. */
  private final class Listener extends ClientCall.Listener<P> {
    private final ClientCall<Q, P> call;
    private final Api.Answer answer;

    Listener(ClientCall<Q, P> call, Api.Answer answer) {
      this.call = call;
      this.answer = answer;
    }

    @Override
    public void onMessage(P message) {
      answer.message(print(PRINTER, message), () -> call.request(1));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk()) {
        answer.end();
      } else {
        fail(answer, status.asRuntimeException(trailers), status.getCode());
      }
    }
  }
}
