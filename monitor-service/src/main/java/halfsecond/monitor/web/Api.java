// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import java.util.Optional;

/** The methods that the page may call, in JSON. Safe for use by any thread. */
public interface Api {
  /**
   * A method by its path, e.g. {@code halfsecond.monitor.v1.MonitorService/ListAlarms}; empty for
   * one that is not for the page.
   */
  Optional<Method> method(String path);

  /** One method. */
  interface Method {
    /** True if it answers with any number of messages, over any time. */
    boolean streams();

    /**
     * Calls it. The answer is told from any thread, one event at a time, possibly before this
     * returns.
     *
     * @param json the request
     * @return cancels the call; harmless after its end, and from any thread
     */
    Runnable call(String json, Answer answer);
  }

  /** Who waits for the answer. Ends with exactly one of {@link #end} and {@link #fail}. */
  interface Answer {
    /**
     * One message.
     *
     * @param json a single line
     * @param taken to be run when the next message is wanted
     */
    void message(String json, Runnable taken);

    /** All messages were told. */
    void end();

    /**
     * The call did not end well.
     *
     * @param status of HTTP, what fits best
     * @param json a {@code google.rpc.Status}, a single line
     */
    void fail(int status, String json);
  }
}
