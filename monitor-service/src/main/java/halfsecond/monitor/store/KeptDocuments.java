// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.kept.Keeper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values as documents of one kind. Every method throws {@link StoreException} if the store cannot
 * do it now. Safe for use by any thread.
 */
public final class KeptDocuments<T> implements Keeper<T> {
  private static final Logger LOG = LoggerFactory.getLogger(KeptDocuments.class);

  private final DocumentStore documents;
  private final String kind;
  private final Codec<T> codec;

  /**
   * @param kind that nothing else is kept under, 1 to 100 characters
   */
  public KeptDocuments(DocumentStore documents, String kind, Codec<T> codec) {
    this.documents = documents;
    this.kind = kind;
    this.codec = codec;
  }

  /** In order of id. What is kept in a form that is not understood any more is left out. */
  @Override
  public List<T> all() {
    List<T> values = new ArrayList<>();
    for (Document document : documents.all(kind)) {
      try {
        values.add(codec.read(document.bytes()));
      } catch (IOException | RuntimeException e) {
        LOG.atWarn()
            .addKeyValue("kind", kind)
            .addKeyValue("document", document.id())
            .setCause(e)
            .log("a document was left out");
      }
    }
    return values;
  }

  @Override
  public void keep(T value) {
    long unused = documents.put(kind, codec.id(value), codec.write(value));
  }

  @Override
  public void forget(String id) {
    documents.delete(kind, id);
  }
}
