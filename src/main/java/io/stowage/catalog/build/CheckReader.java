package io.stowage.catalog.build;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetKey;
import io.stowage.api.CheckResult;
import io.stowage.api.MultiAsset;
import io.stowage.api.StowageException;
import io.stowage.api.schedule.Schedule;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.CheckDeclaration;
import io.stowage.catalog.DeclarationText;
import io.stowage.catalog.InputDeclaration;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a method that checks an asset. */
final class CheckReader {
  private CheckReader() {}

  /** What of a method's declaration is read in the same way for assets. */
  record Read(
      String method,
      String group,
      String queue,
      Set<Integer> contexts,
      List<InputDeclaration> inputs,
      String returned) {}

  static AssetDeclaration declaration(MethodInfo method, Read read) {
    if (method.hasAnnotation(Asset.class) || method.hasAnnotation(MultiAsset.class)) {
      throw LanguageModelReader.fault(
          read.method + " both computes and checks: put @AssetCheck on a method of its own");
    }
    if (PartitionReader.definition(method).isPresent()) {
      throw LanguageModelReader.fault(
          read.method + " is a check, which has the partitions of its asset: leave its own out");
    }
    if (method.hasAnnotation(Schedule.class)) {
      throw LanguageModelReader.fault(
          read.method + " is a check, which runs with its asset: leave its schedule out");
    }
    if (!read.returned.equals(CheckResult.class.getName())) {
      throw LanguageModelReader.fault(
          read.method + " is a check, so it must return CheckResult, not " + read.returned);
    }
    var annotation = new Attributes(method.annotation(AssetCheck.class));
    CheckDeclaration check = check(method, read, annotation);
    return new AssetDeclaration(
        check.step(),
        read.method,
        read.group,
        read.queue,
        annotation.text("description"),
        Map.of(),
        method.parameters().size(),
        read.contexts,
        inputs(read.inputs, check.asset()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        annotation.number("attempts", 1),
        DeclarationText.duration(read.method, annotation.text("retryDelay", "PT1S")),
        1,
        Optional.of(check),
        Optional.empty(),
        LanguageModelReader.retries(annotation));
  }

  private static CheckDeclaration check(MethodInfo method, Read read, Attributes annotation) {
    AssetKey asset;
    try {
      asset = AssetKey.of(annotation.text("asset"));
    } catch (StowageException e) {
      throw LanguageModelReader.fault(read.method + " checks no asset: " + e.getMessage());
    }
    String name = annotation.text("name").isEmpty() ? method.name() : annotation.text("name");
    return new CheckDeclaration(asset, name, annotation.flag("blocking"));
  }

  /** The first is the value, unless it names another asset. */
  private static List<InputDeclaration> inputs(List<InputDeclaration> read, AssetKey asset) {
    var inputs = new ArrayList<>(read);
    if (!inputs.isEmpty() && inputs.getFirst().given().isEmpty()) {
      inputs.set(0, of(inputs.getFirst(), asset));
    }
    return inputs;
  }

  private static InputDeclaration of(InputDeclaration input, AssetKey asset) {
    return new InputDeclaration(
        input.position(),
        input.name(),
        input.type(),
        Optional.of(asset),
        input.manager(),
        input.options(),
        input.metadata(),
        input.orderOnly(),
        input.allowMissingPartitions(),
        input.mapping());
  }
}
