package io.stowage.message.sqs;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueues;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Opens the queues that the settings name; none is asked anything before it is used. */
public final class SqsQueues {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENT = Duration.ofSeconds(30); // a receive waits up to 20 s
  private static final int ATTEMPTS = 2;

  private SqsQueues() {}

  /**
   * Checks what the settings say, without opening anything.
   *
   * @param urls by name of the queue whose runs they bring word of
   * @throws StowageException {@code INVALID_CONFIGURATION}, naming the setting
   */
  public static void check(Map<String, String> urls) {
    urls.forEach((name, url) -> SqsAddress.parse(setting(name), url));
  }

  /** The setting that says where the messages of a queue are. */
  public static String setting(String queue) {
    return queue.equals("default") ? "stowage.queue.url" : "stowage.queue.url." + queue;
  }

  /**
   * @param urls by name of the queue whose runs they bring word of
   */
  public static MessageQueues open(Map<String, String> urls, SqsSettings settings) {
    var queues = new TreeMap<String, MessageQueue>();
    urls.forEach(
        (name, url) -> {
          var address = SqsAddress.parse(setting(name), url);
          queues.put(
              name,
              new SqsMessageQueue(name, address, client(address, settings), settings.visibility()));
        });
    return new MessageQueues(queues);
  }

  private static SqsClient client(SqsAddress address, SqsSettings settings) {
    URI endpoint =
        settings.endpoint() == null ? address.endpoint().orElse(null) : settings.endpoint();
    var builder =
        SqsClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENT))
            .overrideConfiguration(
                config -> config.retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)))
            .credentialsProvider(credentials(settings));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    String region = settings.region();
    if (region == null) {
      // a service that is not Amazon's takes any
      region = address.region().orElse(endpoint == null ? null : Region.US_EAST_1.id());
    }
    if (region != null) {
      builder.region(Region.of(region));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "cannot reach queue '" + address + "': set stowage.queue.region: " + e.getMessage(),
          e);
    }
  }

  private static AwsCredentialsProvider credentials(SqsSettings settings) {
    var keys = settings.keys();
    return keys == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(keys.access(), keys.secret()));
  }
}
