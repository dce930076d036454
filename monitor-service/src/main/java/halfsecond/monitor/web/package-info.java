// SPDX-License-Identifier: Apache-2.0

/**
 * The edge towards browsers: the page and the methods that it calls, over HTTP. The only package
 * that sees the HTTP library; what a method does it asks through {@link
 * halfsecond.monitor.web.Api}.
 */
@NullMarked
package halfsecond.monitor.web;

import org.jspecify.annotations.NullMarked;
