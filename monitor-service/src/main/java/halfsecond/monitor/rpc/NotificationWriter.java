// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.Notification;

/** Writes notifications as JSON. */
public final class NotificationWriter {
  private NotificationWriter() {}

  /**
   * An object with {@code event} (FIRED, REMINDER, RESOLVED), {@code text} for people, as chat
   * services show it, and {@code alarm} as the contract has it.
   */
  public static String json(Notification notification) {
    AlarmReport report = notification.alarm().report();
    String text =
        switch (notification.kind()) {
          case FIRED -> report.severity() + ": " + report.title() + ". " + report.nextStep();
          case REMINDER ->
              "Still " + report.severity() + ": " + report.title() + ". " + report.nextStep();
          case RESOLVED -> "Over: " + report.title() + ".";
        };
    try {
      Value.Builder alarm = Value.newBuilder();
      JsonFormat.parser()
          .merge(JsonFormat.printer().print(AlarmWriter.write(notification.alarm())), alarm);
      return JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .print(
              Struct.newBuilder()
                  .putFields("event", string(notification.kind().name()))
                  .putFields("text", string(text))
                  .putFields("alarm", alarm.build()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an alarm is always JSON", e);
    }
  }

  private static Value string(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
