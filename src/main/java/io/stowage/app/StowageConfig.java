package io.stowage.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** All settings below {@code stowage}; a name that is not here stops the start. */
@ConfigMapping(prefix = "stowage")
public interface StowageConfig {
  /** Where the store lies that serves when nothing is configured. */
  Optional<String> home();

  /**
   * What this process is: {@code serve}, {@code worker} or {@code dev}; chosen by the command line.
   */
  @WithDefault("dev")
  String role();

  /** Object stores by name. */
  Map<String, Typed> stores();

  /** IO managers by key. */
  Map<String, Typed> io();

  Control control();

  Worker worker();

  Queue queue();

  Dev dev();

  /** A thing of a type, whose further settings are that type's own. */
  interface Typed {
    /** What it is; the settings of that type stand beside it. */
    String type();

    /** Everything under the name: so nothing that a factory reads is unknown to this mapping. */
    @WithParentName
    Map<String, String> settings();
  }

  /** The control plane: how others reach it, and whom it lets in. */
  interface Control {
    /** Where workers and the command line find it. */
    @WithDefault("http://127.0.0.1:8080")
    URI url();

    /** What this process shows the control plane, as a bearer token. */
    Optional<String> token();

    /** The same in a file, which is read at each call, so that a token can be replaced. */
    Optional<Path> tokenFile();

    /**
     * Tokens that are let in, by role: submit, read, operate, work. Without any, and without OpenID
     * Connect, only loopback is listened on.
     */
    Map<String, List<String>> tokens();

    /** A folder with a file of tokens for each role, read again when one changes. */
    Optional<Path> tokenFolder();

    Oidc oidc();

    /** How many claims of one principal wait at this server; one more is refused with 429. */
    @WithDefault("2000")
    int waitingClaims();

    /** How long a request's body may take to come. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * Whether {@code serve} migrates the schema before it starts; else {@code stowage migrate}
     * does.
     */
    @WithDefault("false")
    boolean migrate();

    /** A session that was not heard of for so long is lost. */
    @WithDefault("30s")
    Duration sessionTtl();

    /** How often a worker says that it lives. */
    @WithDefault("5s")
    Duration heartbeat();

    /** How long a worker has to end a run that is canceled, before its lease is revoked. */
    @WithDefault("60s")
    Duration cancelGrace();

    /** How long runs and their events are kept; what was stored is told of for ever. */
    @WithDefault("365d")
    Duration history();

    /** How often lost sessions and passed deadlines are looked for. */
    @WithDefault("5s")
    Duration reaper();

    /**
     * How often a run is submitted that removes what retention does not keep; the first comes so
     * long after the first run. {@code 0s} for never.
     */
    @WithDefault("24h")
    Duration sweep();
  }

  /** Bearer tokens of an OpenID Connect provider, which {@code quarkus.oidc} names. */
  interface Oidc {
    /**
     * Which of the provider's roles or groups have a role here, by ours: read, submit, operate,
     * work.
     */
    Map<String, List<String>> roles();
  }

  /** Queues outside that bring workers word of runs; without any, workers ask the control plane. */
  interface Queue {
    /**
     * Where the messages of a queue are, by its name; without a name, those of {@code default}:
     * {@code sqs://<name>}, {@code sqs://<account>/<name>}, or the URL.
     */
    @WithUnnamedKey("default")
    Map<String, Address> url();

    /** Of its own, since a text by no name is not read into a map. */
    interface Address {
      @WithParentName
      String value();
    }

    /** The service, where a queue's URL does not tell. */
    Optional<URI> endpoint();

    /** Of the queues, where a URL does not tell. */
    Optional<String> region();

    /**
     * Without it and the secret one, credentials come from the environment, a profile, or the role
     * of the machine or pod.
     */
    Optional<String> accessKey();

    /** Never logged. */
    Optional<String> secretKey();

    /** How long a message is hidden from others while a worker asks for its run. */
    @WithDefault("30s")
    Duration visibility();
  }

  interface Worker {
    /** Shown to operators; the host's name by default. */
    Optional<String> name();

    /** The queues that runs are pulled from; those of the catalog's assets by default. */
    Optional<List<String>> queues();

    /** How many runs are executed side by side. */
    @WithDefault("4")
    int slots();

    /** How many steps of one run are executed side by side. */
    @WithDefault("4")
    int steps();

    /** How long running work may go on after SIGTERM before it is given back. */
    @WithDefault("25s")
    Duration grace();

    /** With {@code --once}: how many runs are executed, one after the other. */
    OptionalInt maxRuns();

    /** With {@code --once}: how long the first run is waited for. */
    @WithName("wait")
    @WithDefault("0s")
    Duration waitFor();

    /**
     * With {@code --once}: a CloudEvent whose data is a request for a run, which is submitted, and
     * is the only one that is executed.
     */
    Optional<Path> runRequestFile();

    /** How long {@code --once} looks for a control plane before it gives up. */
    @WithDefault("30s")
    Duration startBudget();
  }

  interface Dev {
    /** Whether {@code dev} submits the sample's backfill on the first start of an empty ledger. */
    @WithDefault("true")
    boolean sample();

    /** What that backfill selects. */
    @WithDefault("*")
    String select();
  }
}
