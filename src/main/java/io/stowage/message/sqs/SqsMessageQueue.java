package io.stowage.message.sqs;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.message.Message;
import io.stowage.message.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue of SQS, or of a service that speaks as it does. A message's body is a run's id. */
final class SqsMessageQueue implements MessageQueue {
  private static final long LONGEST_WAIT_SECONDS = 20;
  private static final int AT_ONCE = 8;

  private final String name;
  private final SqsAddress address;
  private final SqsClient client;
  private final int visibilitySeconds;
  private final Semaphore sending = new Semaphore(AT_ONCE);
  private volatile @Nullable String url;

  /**
   * @param name of the queue whose runs it brings word of
   * @param client of this queue alone
   */
  SqsMessageQueue(String name, SqsAddress address, SqsClient client, Duration visibility) {
    this.name = name;
    this.address = address;
    this.client = client;
    this.visibilitySeconds = (int) visibility.toSeconds();
    this.url = address.url() == null ? null : address.url().toString();
  }

  private String url() {
    String known = url;
    if (known == null) {
      known =
          SqsErrors.translated(
              "find",
              address,
              () ->
                  client
                      .getQueueUrl(
                          asked ->
                              asked
                                  .queueName(address.name())
                                  .queueOwnerAWSAccountId(address.account()))
                      .queueUrl());
      url = known;
    }
    return known;
  }

  @Override
  public void send(List<UUID> runs) {
    String to = url();
    inParts(
        runs,
        part -> {
          var entries =
              IntStream.range(0, part.size())
                  .mapToObj(
                      i ->
                          SendMessageBatchRequestEntry.builder()
                              .id(String.valueOf(i))
                              .messageBody(part.get(i).toString())
                              .build())
                  .toList();
          var answer =
              SqsErrors.translated(
                  "send to",
                  address,
                  () -> client.sendMessageBatch(asked -> asked.queueUrl(to).entries(entries)));
          refuse(answer.failed());
        });
  }

  private void refuse(List<BatchResultErrorEntry> failed) {
    if (!failed.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNAVAILABLE,
          "queue '%s' did not take %d messages: %s, %s"
              .formatted(
                  address, failed.size(), failed.getFirst().code(), failed.getFirst().message()));
    }
  }

  /** Several requests side by side, since each brings ten at the most. */
  private void inParts(List<UUID> runs, Consumer<List<UUID>> request) {
    if (runs.size() <= MOST) {
      request.accept(runs);
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var requests = new ArrayList<Future<?>>();
      for (int from = 0; from < runs.size(); from += MOST) {
        var part = runs.subList(from, Math.min(runs.size(), from + MOST));
        requests.add(threads.submit(limited(() -> request.accept(part))));
      }
      for (var each : requests) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(
          ErrorCode.CANCELED, "interrupted while sending to '" + address + "'", e);
    }
  }

  private Callable<@Nullable Void> limited(Runnable request) {
    return () -> {
      sending.acquire();
      try {
        request.run();
        return null;
      } finally {
        sending.release();
      }
    };
  }

  @Override
  public List<Message> receive(int most, Duration wait) {
    String from = url();
    return SqsErrors.translated(
            "receive from",
            address,
            () ->
                client.receiveMessage(
                    asked ->
                        asked
                            .queueUrl(from)
                            .maxNumberOfMessages(Math.clamp(most, 1, MOST))
                            .waitTimeSeconds(
                                (int)
                                    Math.clamp(
                                        Math.ceilDiv(wait.toMillis(), 1_000L),
                                        0,
                                        LONGEST_WAIT_SECONDS))
                            .visibilityTimeout(visibilitySeconds)
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)))
        .messages()
        .stream()
        .map(SqsMessageQueue::message)
        .toList();
  }

  private static Message message(software.amazon.awssdk.services.sqs.model.Message received) {
    String count = received.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    return new Message(
        received.body(), received.receiptHandle(), count == null ? 1 : Integer.parseInt(count));
  }

  /** A receipt that is too old is refused by some services, which is as good. */
  @Override
  public void delete(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    String from = url();
    var entries =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(messages.get(i).receipt())
                        .build())
            .toList();
    SqsErrors.translated(
        "delete from",
        address,
        () -> client.deleteMessageBatch(asked -> asked.queueUrl(from).entries(entries)));
  }

  @Override
  public void giveBack(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    String to = url();
    var entries =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(messages.get(i).receipt())
                        .visibilityTimeout(0)
                        .build())
            .toList();
    SqsErrors.translated(
        "give back to",
        address,
        () -> client.changeMessageVisibilityBatch(asked -> asked.queueUrl(to).entries(entries)));
  }

  @Override
  public int depth() {
    String of = url();
    return SqsErrors.translated(
            "ask",
            address,
            () ->
                client.getQueueAttributes(
                    asked ->
                        asked
                            .queueUrl(of)
                            .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "queue '" + name + "' at " + address;
  }
}
