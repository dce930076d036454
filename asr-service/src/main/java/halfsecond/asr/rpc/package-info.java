/**
 * The service as gRPC: the only code that sees the generated messages and {@code io.grpc}. One
 * small class for each streaming call; everything a caller sends is checked here before it goes
 * further in.
 */
@NullMarked
package halfsecond.asr.rpc;

import org.jspecify.annotations.NullMarked;
