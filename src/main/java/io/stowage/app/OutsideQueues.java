package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.message.MessageQueues;
import io.stowage.message.sqs.SqsQueues;
import io.stowage.message.sqs.SqsSettings;
import io.stowage.message.sqs.SqsSettings.Keys;
import io.stowage.worker.pull.Messages;
import io.stowage.worker.pull.Polls;
import io.stowage.worker.pull.Pull;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The queues outside that {@code stowage.queue} names. */
final class OutsideQueues {
  private static final System.Logger LOG = System.getLogger(OutsideQueues.class.getName());

  private OutsideQueues() {}

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION}, naming the setting
   */
  static void check(StowageConfig.Queue config) {
    SqsQueues.check(urls(config));
    settings(config);
  }

  static MessageQueues open(StowageConfig.Queue config) {
    if (config.url().isEmpty()) {
      return new MessageQueues(Map.of());
    }
    var queues = SqsQueues.open(urls(config), settings(config));
    LOG.log(Level.INFO, "word of runs goes by messages: {0}", queues.byName().values());
    return queues;
  }

  private static Map<String, String> urls(StowageConfig.Queue config) {
    var urls = new TreeMap<String, String>();
    config.url().forEach((queue, address) -> urls.put(queue, address.value()));
    return urls;
  }

  private static SqsSettings settings(StowageConfig.Queue config) {
    return new SqsSettings(
        config.endpoint().orElse(null),
        config.region().orElse(null),
        Keys.of(config.accessKey().orElse(null), config.secretKey().orElse(null)),
        config.visibility());
  }

  /**
   * By messages where there are queues for them, which then stand for all that the worker pulls
   * from.
   */
  static Pull pull(MessageQueues messages, List<String> queues) {
    if (messages.isEmpty()) {
      return new Polls();
    }
    var lacking = messages.lacking(queues);
    if (!lacking.isEmpty()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "this worker pulls from %s, and hears of runs by messages: set %s too, or let it pull from %s alone"
              .formatted(
                  queues,
                  String.join(", ", lacking.stream().map(SqsQueues::setting).toList()),
                  messages.byName().keySet().stream().sorted().toList()));
    }
    return new Messages(messages, queues);
  }
}
