// SPDX-License-Identifier: Apache-2.0
/**
 * The native WebRTC voice activity detector (libfvad). The only package that knows JNA: everything
 * that could crash the process is checked here before it is called, and every native handle is
 * owned by exactly one object with one end.
 */
@NullMarked
package halfsecond.vad.webrtc;

import org.jspecify.annotations.NullMarked;
