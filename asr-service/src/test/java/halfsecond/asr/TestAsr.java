// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import com.typesafe.config.ConfigFactory;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real service on a port of its own, and a channel to it. */
public final class TestAsr implements AutoCloseable {
  private final AsrServer server;
  private final ManagedChannel channel;

  private TestAsr(AsrServer server) {
    this.server = server;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** With version 1 loaded and these settings, paths below {@value AsrConfig#SECTION}. */
  public static TestAsr start(Telemetry telemetry, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("server.port", 0);
    all.put("models.directory", TestModels.catalogue().root().toString());
    all.put("models.load", List.of(TestModels.FAST.toString()));
    all.putAll(settings);
    Map<String, Object> paths = new HashMap<>();
    all.forEach((key, value) -> paths.put(AsrConfig.SECTION + "." + key, value));
    AsrConfig config =
        AsrConfig.load(ConfigFactory.parseMap(paths).withFallback(ConfigFactory.load()));
    return new TestAsr(AsrServer.start(config, telemetry));
  }

  public AsrServer server() {
    return server;
  }

  public AsrServiceGrpc.AsrServiceStub stub() {
    return AsrServiceGrpc.newStub(channel);
  }

  public AsrServiceGrpc.AsrServiceBlockingStub blocking() {
    return AsrServiceGrpc.newBlockingStub(channel);
  }

  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
    server.close();
  }
}
