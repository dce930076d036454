// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.Transcription;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import halfsecond.speech.v1.WordInfo;

/**
 * What was recognized, as one JSON object a file. Offsets are seconds from the start of the file,
 * latencies milliseconds. Fields are only ever added.
 */
final class JsonLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  /** One line for a file that was recognized. */
  static String of(String file, Transcription transcription) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", file);
    line.put("transcript", Transcripts.text(transcription.finals()));
    Transcripts.confidence(transcription.finals())
        .ifPresentOrElse(
            value -> line.put("confidence", rounded(value)), () -> line.putNull("confidence"));
    ArrayNode words = line.putArray("words");
    ArrayNode utterances = line.putArray("utterances");
    for (StreamingRecognitionResult result : transcription.finals()) {
      Transcripts.best(result).getWordsList().forEach(word -> add(words.addObject(), word));
      add(utterances.addObject(), result);
    }
    ArrayNode rejected = line.putArray("rejected");
    transcription.rejected().forEach(refused -> add(rejected.addObject(), refused));
    ObjectNode latency = line.putObject("latency");
    latency.put("audio_ms", transcription.audio().toMillis());
    latency.put("took_ms", transcription.took().toMillis());
    latency.put(
        "final_ms",
        transcription.finals().stream()
            .mapToLong(result -> Durations.toMillis(result.getLatency().getSent()))
            .max()
            .orElse(0));
    return write(line);
  }

  /** One line for a file that could not be recognized. */
  static String of(String file, Failure failure) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", file);
    line.putObject("error").put("exit_code", failure.exitCode()).put("message", failure.message());
    return write(line);
  }

  private static void add(ObjectNode node, WordInfo word) {
    node.put("word", word.getWord());
    node.put("start", seconds(word.getStartOffset()));
    node.put("end", seconds(word.getEndOffset()));
    if (word.hasConfidence()) {
      node.put("confidence", rounded(word.getConfidence()));
    }
  }

  private static void add(ObjectNode node, StreamingRecognitionResult result) {
    SpeechRecognitionAlternative best = Transcripts.best(result);
    node.put("utterance_id", result.getUtteranceId());
    node.put("start", seconds(result.getResultStartOffset()));
    node.put("end", seconds(result.getResultEndOffset()));
    node.put("transcript", best.getTranscript());
    if (best.hasConfidence()) {
      node.put("confidence", rounded(best.getConfidence()));
    }
    node.put("finality", result.getFinality().name().replaceFirst("^FINALITY_", ""));
    node.put("model_version", result.getModelVersion());
    LatencyBreakdown latency = result.getLatency();
    ObjectNode times = node.putObject("latency");
    times.put("endpoint_ms", millis(latency.getEndpointDecided()));
    times.put("routed_ms", millis(latency.getRouted()));
    times.put("decoded_ms", millis(latency.getDecodeDone()));
    times.put("sent_ms", millis(latency.getSent()));
    node.put("trace_id", latency.getTraceId());
  }

  private static void add(ObjectNode node, UtteranceRejected refused) {
    node.put("utterance_id", refused.getUtteranceId());
    node.put("start", seconds(refused.getStartOffset()));
    node.put("message", refused.getStatus().getMessage());
  }

  private static double seconds(Duration offset) {
    return rounded(Durations.toNanos(offset) / 1e9);
  }

  private static double millis(Duration duration) {
    return rounded(Durations.toNanos(duration) / 1e6);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static String write(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }
}
