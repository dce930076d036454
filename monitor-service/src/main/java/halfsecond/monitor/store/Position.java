// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

/**
 * Where a page of records ended. Records that arrive later are on no page that follows, so that
 * none is missed and none comes twice.
 *
 * @param horizon the newest record that there was when the first page was read, by its place in the
 *     log
 * @param eventTime of the last record of the page, in nanoseconds since 1970
 * @param sequence its place in the log
 */
public record Position(long horizon, long eventTime, long sequence) {}
