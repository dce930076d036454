// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes connections on to a service until they are cut, all at once and without a word, as when
 * its process is killed. New ones are passed on as before.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection that is open; returns how many ends were cut. */
  int cut() {
    int cut = 0;
    for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
      quietly(socket);
      cut++;
    }
    return cut;
  }

  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(CuttingProxy::quietly);
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(service);
        threads.execute(() -> pass(client, service));
        threads.execute(() -> pass(service, client));
      }
    } catch (IOException closed) {
      // The door was closed.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException cut) {
      quietly(from);
      quietly(to);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is cut all the same.
    }
  }
}
