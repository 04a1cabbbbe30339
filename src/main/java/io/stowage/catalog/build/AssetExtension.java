package io.stowage.catalog.build;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.MultiAsset;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.StowageException;
import io.stowage.api.partition.Partitions;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.SettingSpec;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Validation;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds assets and factories, and fails the build where they make no graph. */
public class AssetExtension implements BuildCompatibleExtension {
  private final Map<String, Owner> owners = new LinkedHashMap<>();
  private final Map<String, Factory> factories = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final StrayClasses strays = new StrayClasses();

  private record Owner(
      ClassInfo type,
      List<AssetDeclaration> declarations,
      List<InvokerInfo> invokers,
      Map<String, ClassInfo> classes,
      List<DefinitionReader.Found> definitions) {
    static Owner of(ClassInfo type) {
      return new Owner(
          type, new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
    }
  }

  private record Factory(
      ClassInfo factory, ClassInfo settings, boolean loadOnly, List<SettingSpec> specs) {}

  /** Every class that bears one of the annotations, be it a bean or not; none that is vetoed. */
  @Enhancement(
      types = Object.class,
      withSubtypes = true,
      withAnnotations = {
        Asset.class,
        MultiAsset.class,
        AssetCheck.class,
        Op.class,
        MultiOp.class,
        Partitions.class
      })
  public void annotated(ClassInfo type) {
    if (!type.hasAnnotation(Vetoed.class)) {
      strays.met(type);
    }
  }

  @Registration(types = Object.class)
  public void assets(BeanInfo bean, InvokerFactory invokerFactory) {
    if (!bean.isClassBean() || !StrayClasses.isGrouped(bean.declaringClass())) {
      return;
    }
    ClassInfo type = bean.declaringClass();
    for (MethodInfo method : type.methods()) {
      if (!JobReader.isStep(method)) {
        ScheduleReader.fault(type, method).ifPresent(faults::add);
        continue;
      }
      var owner = owners.computeIfAbsent(type.name(), _ -> Owner.of(type));
      try {
        var reader = new LanguageModelReader(type);
        owner.declarations.add(reader.declaration(method));
        owner.classes.putAll(reader.classes());
        owner.invokers.add(invokerFactory.createInvoker(bean, method).withInstanceLookup().build());
      } catch (StowageException e) {
        faults.add(e.getMessage());
      }
    }
  }

  /** Methods that return a partitions definition, which stand in any bean. */
  @Registration(types = Object.class)
  public void definitions(BeanInfo bean, InvokerFactory invokerFactory) {
    if (!bean.isClassBean()) {
      return;
    }
    for (MethodInfo method : bean.declaringClass().methods()) {
      try {
        DefinitionReader.read(bean, method, invokerFactory)
            .ifPresent(
                found ->
                    owners
                        .computeIfAbsent(
                            bean.declaringClass().name(), _ -> Owner.of(bean.declaringClass()))
                        .definitions
                        .add(found));
      } catch (StowageException e) {
        faults.add(e.getMessage());
      }
    }
  }

  /**
   * Of any type: {@code IoManagerFactory} without its argument is no bean type of a class that
   * implements it.
   */
  @Registration(types = Object.class)
  public void factories(BeanInfo bean) {
    if (!bean.isClassBean()) {
      return;
    }
    try {
      FactoryReader.read(bean).ifPresent(this::add);
    } catch (StowageException e) {
      faults.add(e.getMessage());
    }
  }

  private void add(FactoryReader.Found found) {
    var factory = new Factory(found.factory(), found.settings(), found.loadOnly(), found.specs());
    var other = factories.putIfAbsent(found.type(), factory);
    if (other != null) {
      faults.add(
          "IO manager type '"
              + found.type()
              + "' is given twice: by "
              + other.factory.name()
              + " and by "
              + found.factory().name());
    }
  }

  @Synthesis
  public void synthesis(SyntheticComponents components) {
    for (Owner owner : owners.values()) {
      components
          .addObserver(FoundAssets.class)
          .declaringClass(owner.type)
          .withParam(
              AssetsObserver.DECLARATIONS,
              owner.declarations.stream()
                  .map(DeclarationData::of)
                  .map(DataText::of)
                  .toArray(String[]::new))
          .withParam(AssetsObserver.INVOKERS, owner.invokers.toArray(InvokerInfo[]::new))
          .withParam(AssetsObserver.CLASSES, owner.classes.values().toArray(ClassInfo[]::new))
          .withParam(
              AssetsObserver.DEFINITIONS,
              owner.definitions.stream().map(DefinitionReader.Found::name).toArray(String[]::new))
          .withParam(
              AssetsObserver.DEFINITION_METHODS,
              owner.definitions.stream().map(DefinitionReader.Found::method).toArray(String[]::new))
          .withParam(
              AssetsObserver.DEFINITION_INVOKERS,
              owner.definitions.stream()
                  .map(DefinitionReader.Found::invoker)
                  .toArray(InvokerInfo[]::new))
          .observeWith(AssetsObserver.class);
    }
    var all = List.copyOf(factories.values());
    boolean[] loadOnly = new boolean[all.size()];
    for (int i = 0; i < loadOnly.length; i++) {
      loadOnly[i] = all.get(i).loadOnly;
    }
    components
        .addBean(FactoryTypes.class)
        .type(FactoryTypes.class)
        .scope(Singleton.class)
        .withParam(FactoryTypesCreator.TYPES, factories.keySet().toArray(String[]::new))
        .withParam(
            FactoryTypesCreator.FACTORIES,
            all.stream().map(Factory::factory).toArray(ClassInfo[]::new))
        .withParam(
            FactoryTypesCreator.SETTINGS,
            all.stream().map(Factory::settings).toArray(ClassInfo[]::new))
        .withParam(FactoryTypesCreator.LOAD_ONLY, loadOnly)
        .withParam(
            FactoryTypesCreator.SPECS,
            all.stream()
                .map(
                    factory ->
                        factory.specs.stream()
                            .map(SettingSpec::toString)
                            .collect(Collectors.joining("\n")))
                .toArray(String[]::new))
        .createWith(FactoryTypesCreator.class);
  }

  /** All faults stand in one message: the build prints a stack trace below each. */
  @Validation
  public void validation(Messages messages) {
    var all = new ArrayList<>(faults);
    var declarations =
        owners.values().stream().flatMap(owner -> owner.declarations.stream()).toList();
    all.addAll(strays.faults(owners.values().stream().map(Owner::type).toList()));
    all.addAll(AssetGraph.faults(declarations));
    all.addAll(
        DefinitionReader.faults(
            declarations,
            owners.values().stream().flatMap(owner -> owner.definitions.stream()).toList()));
    if (!all.isEmpty()) {
      messages.error(String.join("\n", all));
    }
  }
}
