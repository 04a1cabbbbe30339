package io.stowage.control.rest;

import io.stowage.api.StowageException;
import io.stowage.control.ledger.Runs;
import io.stowage.control.queue.RunState;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A run's events as they come, for one who listens: each with its number, by which a listener that
 * was cut off goes on. It ends with the run, or where nobody takes what is sent. Used by one
 * thread, which it blocks.
 */
final class EventStream {
  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int LOOKS_OF_A_HEARTBEAT = 20;
  private static final int PAGE = 500;
  private static final int SECONDS_TO_TAKE = 30;
  private static final List<String> LAST =
      Arrays.stream(RunState.values()).filter(RunState::terminal).map(RunState::word).toList();

  private final SseEventSink sink;
  private final Sse sse;
  private final Runs runs;

  EventStream(SseEventSink sink, Sse sse, Runs runs) {
    this.sink = sink;
    this.sse = sse;
    this.runs = runs;
  }

  /**
   * @param after the number of the last event that is known already
   */
  void follow(UUID run, long after) {
    try (sink) {
      send(sse.newEventBuilder().comment("events of run " + run).build());
      tell(run, after);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "nobody follows run {0} any more: {1}", run, e.toString());
    } catch (StowageException e) {
      LOG.log(Level.DEBUG, "run {0} is not followed any more: {1}", run, e.getMessage());
    }
  }

  private void tell(UUID run, long after)
      throws InterruptedException, ExecutionException, TimeoutException {
    long last = after;
    for (int looks = 1; !sink.isClosed(); looks++) {
      boolean ended = runs.run(run).finishedAt() != null; // asked before its events are read
      List<RunEvent> events = runs.events(run, last, PAGE);
      for (RunEvent event : events) {
        send(event(event));
        last = event.n();
      }
      if (events.size() < PAGE) {
        if (ended || isLast(events)) {
          return;
        }
        if (looks % LOOKS_OF_A_HEARTBEAT == 0) {
          send(sse.newEventBuilder().comment("still here").build());
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
  }

  private static boolean isLast(List<RunEvent> events) {
    return !events.isEmpty() && LAST.contains(events.getLast().type());
  }

  private OutboundSseEvent event(RunEvent event) {
    return sse.newEventBuilder()
        .id(String.valueOf(event.n()))
        .name(event.type())
        .data(String.class, Json.text(event))
        .build();
  }

  /** One after the other, so that who takes them slowly fills no memory. */
  private void send(OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(SECONDS_TO_TAKE, TimeUnit.SECONDS);
  }
}
