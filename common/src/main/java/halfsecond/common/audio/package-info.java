// SPDX-License-Identifier: Apache-2.0

/** The audio that flows inside: 16 kHz, 16-bit, mono, little-endian. */
@NullMarked
package halfsecond.common.audio;

import org.jspecify.annotations.NullMarked;
