// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.config.ConfigReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers that do the same work, at least one of them or one name.
 *
 * @param servers called as they are listed
 * @param names each stands for a server at every address that it resolves to, now and later
 */
public record ChannelTargets(List<ChannelConfig> servers, List<ChannelConfig> names) {
  private static final String DNS = "dns:///";

  public ChannelTargets {
    servers = List.copyOf(servers);
    names = List.copyOf(names);
    if (servers.isEmpty() && names.isEmpty()) {
      throw new IllegalArgumentException("there must be a server to call");
    }
  }

  /** One server. */
  public static ChannelTargets of(ChannelConfig server) {
    return new ChannelTargets(List.of(server), List.of());
  }

  /**
   * Reads {@code target}, a list separated by commas of {@code host:port} and {@code
   * dns:///host:port} (an IPv6 address in brackets), and {@code tls { certificate, private-key,
   * server-ca }}, which is for all of them.
   */
  public static ChannelTargets from(ConfigReader reader) {
    String target = reader.string("target");
    @Nullable TlsFiles tls = ChannelConfig.tls(reader);
    List<ChannelConfig> servers = new ArrayList<>();
    List<ChannelConfig> names = new ArrayList<>();
    for (String entry : target.split(",", -1)) {
      String trimmed = entry.strip();
      if (trimmed.startsWith(DNS)) {
        names.add(ChannelConfig.parse(reader, trimmed.substring(DNS.length()), tls));
      } else {
        servers.add(ChannelConfig.parse(reader, trimmed, tls));
      }
    }
    if (new HashSet<>(servers).size() < servers.size()
        || new HashSet<>(names).size() < names.size()) {
      reader.problem("target", "names a server twice");
    }
    return new ChannelTargets(servers, names);
  }
}
