// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import halfsecond.asr.model.ModelException;
import halfsecond.common.config.ConfigException;
import halfsecond.common.error.SpeechException;
import halfsecond.common.lifecycle.StartException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words for a person and as an exit code. */
record Failure(int exitCode, String message) {

  /** Judges anything that a command may throw. */
  static Failure of(Throwable thrown) {
    if (thrown instanceof CommandFailure failure) {
      return new Failure(failure.exitCode(), text(failure));
    } else if (thrown instanceof ConfigException || thrown instanceof ModelException) {
      return new Failure(ExitCode.CONFIG, text(thrown));
    } else if (thrown instanceof StartException) {
      return new Failure(ExitCode.UNAVAILABLE, text(thrown));
    } else if (thrown instanceof SpeechException refused) {
      return new Failure(ExitCode.BAD_DATA, refused.text());
    } else if (thrown instanceof StatusRuntimeException status) {
      return of(status);
    } else if (thrown instanceof NoSuchFileException || thrown instanceof FileNotFoundException) {
      return new Failure(ExitCode.NO_INPUT, "no such file: " + text(thrown));
    } else if (thrown instanceof AccessDeniedException) {
      return new Failure(ExitCode.NO_INPUT, "permission denied: " + text(thrown));
    } else if (thrown instanceof IOException) {
      return new Failure(ExitCode.NO_INPUT, text(thrown));
    } else if (thrown instanceof InterruptedException) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted");
    }
    return new Failure(ExitCode.CRASH, "this is a bug: " + thrown.getClass().getSimpleName());
  }

  private static Failure of(StatusRuntimeException thrown) {
    Status status = thrown.getStatus();
    String description = status.getDescription() == null ? "" : ": " + status.getDescription();
    String message = "the server says " + status.getCode() + reason(thrown) + description;
    int code =
        switch (status.getCode()) {
          case INVALID_ARGUMENT, NOT_FOUND, OUT_OF_RANGE, FAILED_PRECONDITION -> ExitCode.BAD_DATA;
          case UNAVAILABLE,
              RESOURCE_EXHAUSTED,
              DEADLINE_EXCEEDED,
              UNIMPLEMENTED,
              UNAUTHENTICATED,
              PERMISSION_DENIED ->
              ExitCode.UNAVAILABLE;
          case OK, CANCELLED, UNKNOWN, ALREADY_EXISTS, ABORTED, INTERNAL, DATA_LOSS ->
              ExitCode.CRASH;
        };
    return new Failure(code, message);
  }

  /** The machine-readable reason, which names what the code only hints at. */
  private static String reason(StatusRuntimeException thrown) {
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    if (details == null) {
      return "";
    }
    for (com.google.protobuf.Any detail : details.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return " (" + detail.unpack(ErrorInfo.class).getReason() + ")";
        } catch (InvalidProtocolBufferException e) {
          return " (unreadable reason)";
        }
      }
    }
    return "";
  }

  private static String text(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
