package io.stowage.message.sqs;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.crt.internal.signer.DefaultAwsCrtV4aHttpSigner;

/**
 * Read by the image builder alone. Amazon's SDK looks at run time whether its libraries in C are
 * there, and the builder wants every type that a reachable method names: what leads to those that
 * are not there answers as it does without them.
 */
final class WithoutNativeLibraries {
  private WithoutNativeLibraries() {}

  @TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
  static final class Checksums {
    private Checksums() {}

    @Substitute
    static @Nullable SdkChecksum createCrtCrc32C() {
      return null; // the JDK's is taken
    }

    @Substitute
    @SuppressWarnings("DoNotCallSuggester") // the SDK's own code calls it
    static SdkChecksum crc64NvmeCrtImplementation() {
      throw new UnsupportedOperationException("CRC-64/NVME needs Amazon's library in C");
    }

    @Substitute
    @SuppressWarnings("DoNotCallSuggester")
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
      throw new UnsupportedOperationException(
          algorithm.algorithmId() + " needs Amazon's library in C");
    }
  }

  @TargetClass(
      className =
          "software.amazon.awssdk.http.auth.aws.internal.signer.util.OptionalDependencyLoaderUtil")
  static final class Signers {
    private Signers() {}

    @Substitute
    @SuppressWarnings("DoNotCallSuggester")
    public static DefaultAwsCrtV4aHttpSigner getDefaultAwsCrtV4aHttpSigner() {
      throw new UnsupportedOperationException("signature 4a needs Amazon's library in C");
    }
  }
}
